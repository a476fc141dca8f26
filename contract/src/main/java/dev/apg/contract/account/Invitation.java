package dev.apg.contract.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * With what somebody sets the password of an account, once.
 *
 * @param token shown this once and kept nowhere; absent if it was mailed to the person
 */
public record Invitation(@Nullable String token, Instant expiresAt) {}
