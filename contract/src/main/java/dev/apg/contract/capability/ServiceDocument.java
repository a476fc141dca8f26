package dev.apg.contract.capability;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What an import or export says of a service: the format {@code apg.service/1}. */
public record ServiceDocument(
        @NotNull @Pattern(regexp = "apg\\.service/1", message = "apg.service/1")
        String format,

        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as cart-store")
        String service,

        @Nullable @VisibleText(lines = true) @Size(max = 20_000)
        String description) {
    public static final String FORMAT = "apg.service/1";
}
