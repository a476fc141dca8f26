package dev.apg.contract.capability;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** What an import or export says of a capability itself: the format {@code apg.capability/1}. */
public record CapabilityDocument(
        @NotNull @Pattern(regexp = "apg\\.capability/1", message = "apg.capability/1")
        String format,

        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
        String capability,

        @Nullable Status status,
        @Nullable @Valid About about) {
    public static final String FORMAT = "apg.capability/1";
}
