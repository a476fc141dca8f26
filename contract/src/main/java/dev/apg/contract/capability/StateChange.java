package dev.apg.contract.capability;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a version into another state.
 *
 * @param reason needed unless the state is {@code published}
 */
public record StateChange(
        @NotNull Wanted state,

        @Nullable @VisibleText(lines = true) @Size(min = 1, max = 2_000)
        String reason) {

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

        /** The one that leads to a state; none leads to {@code pending}. */
        public static Optional<Wanted> of(VersionState state) {
            return Arrays.stream(values())
                    .filter(wanted -> wanted.state() == state)
                    .findFirst();
        }

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
