package dev.apg.contract.capability;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Puts a version into another state.
 *
 * @param reason needed unless the state is {@code published}
 */
public record StateChange(
        @NotNull VersionState state,
        @Nullable @Size(min = 1, max = 2_000) String reason) {}
