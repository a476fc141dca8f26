package dev.apg.contract.capability;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Puts a version into another state.
 *
 * @param reason needed unless the state is {@code published}
 */
public record StateChange(
        @NotNull Wanted state,
        @Nullable @Size(min = 1, max = 2_000) String reason) {

    /** The states that people put a version into; into {@code pending} only publishing does. */
    public enum Wanted {
        @JsonProperty("published")
        PUBLISHED,
        @JsonProperty("deprecated")
        DEPRECATED,
        @JsonProperty("yanked")
        YANKED,
        @JsonProperty("purged")
        PURGED;

        public VersionState state() {
            return switch (this) {
                case PUBLISHED -> VersionState.PUBLISHED;
                case DEPRECATED -> VersionState.DEPRECATED;
                case YANKED -> VersionState.YANKED;
                case PURGED -> VersionState.PURGED;
            };
        }
    }
}
