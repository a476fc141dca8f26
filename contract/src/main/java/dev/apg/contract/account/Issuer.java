package dev.apg.contract.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who made a token, a client or a pipeline.
 *
 * @param kind {@code account}, {@code token} or {@code client}
 * @param name of the person, or the label; absent: the account was removed
 */
public record Issuer(String kind, UUID id, @Nullable String name) {}
