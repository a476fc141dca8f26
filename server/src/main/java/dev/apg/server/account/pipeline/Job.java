package dev.apg.server.account.pipeline;

import dev.apg.contract.canonical.Digest;
import java.time.Instant;
import java.util.Map;

/**
 * One that proved whose it is.
 *
 * @param told what the audit log keeps of it
 * @param identity of its token
 * @param expiresAt when that ends
 */
public record Job(Map<String, Object> told, Digest identity, Instant expiresAt) {
    public Job {
        told = Map.copyOf(told);
    }
}
