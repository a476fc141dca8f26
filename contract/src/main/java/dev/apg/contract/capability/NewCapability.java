package dev.apg.contract.capability;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Registers a capability that has no version yet.
 *
 * @param status {@code registered} (default) or {@code discovered}
 */
public record NewCapability(
        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
        String capability,

        @Nullable Status status,
        @Nullable @Valid About about) {}
