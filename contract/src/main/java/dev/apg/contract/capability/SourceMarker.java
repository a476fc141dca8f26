package dev.apg.contract.capability;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Stands in an import's stream before the content of a file, so that errors name the file and its own lines: the format
 * {@code apg.source/1}.
 *
 * @param source the file's name, as its author knows it
 * @param begins the line of the stream, from 1, on which the file's first line stands
 */
public record SourceMarker(
        @NotNull @Pattern(regexp = "apg\\.source/1", message = "apg.source/1")
        String format,

        @NotNull @VisibleText @Size(min = 1, max = 1_000) String source,
        @Min(1) @Max(1_000_000_000) int begins) {
    public static final String FORMAT = "apg.source/1";
}
