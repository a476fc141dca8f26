package dev.apg.contract.secret;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that access tokens are signed with.
 *
 * @param kid its name
 * @param signsFrom absent for those that are given to the server, and for those that were taken away
 * @param reason why it was taken away
 */
public record SigningKeyDetail(
        String kid,
        String algorithm,
        SigningKeyState state,
        @Nullable Instant signsFrom,
        @Nullable Instant retiredAt,
        @Nullable String reason) {}
