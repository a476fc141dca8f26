package dev.apg.server.signing;

import dev.apg.server.tenancy.PlatformContext;
import java.time.Instant;
import java.util.UUID;

/**
 * A signing key that was taken away.
 *
 * @param name its {@code kid}
 * @param by in which request
 */
record Retirement(UUID keyId, String name, String algorithm, String reason, PlatformContext by, Instant at) {}
