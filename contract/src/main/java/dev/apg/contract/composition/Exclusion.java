package dev.apg.contract.composition;

import dev.apg.contract.capability.Codes;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Versions of a capability that must not be chosen. */
public record Exclusion(
        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
        String capability,

        @Nullable @Size(max = Codes.RANGE_LENGTH) String range) {}
