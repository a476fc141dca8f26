package dev.apg.contract.capability;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an import or export says of a version's state: the format {@code apg.state/1}. Versions without one are published, or
 * wait for approval where the policy of the place that imports them asks for one.
 *
 * @param digest of the version; needed for {@code purged}, whose document is gone
 */
public record StateDocument(
        @NotNull @Pattern(regexp = "apg\\.state/1", message = "apg.state/1")
        String format,

        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
        String capability,

        @NotNull @Size(max = 256) String version,
        StateChange.@NotNull Wanted state,

        @Nullable @VisibleText(lines = true) @Size(max = 2_000)
        String reason,

        @Nullable @Pattern(regexp = "sha256:[0-9a-f]{64}", message = "sha256: and 64 lower-case hex digits")
        String digest) {
    public static final String FORMAT = "apg.state/1";
}
