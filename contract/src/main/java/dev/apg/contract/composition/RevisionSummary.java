package dev.apg.contract.composition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A revision in a list.
 *
 * @param number from 1, without gaps
 * @param draftNumber of the draft that was frozen
 * @param lockDigest {@code sha256:} and the hex SHA-256 of the lock's bytes
 * @param bundleDigest the same of the bundle's bytes
 * @param bundlePurged why the bundle is gone, if a version whose content it held was purged
 */
public record RevisionSummary(
        int number,
        String message,
        long draftNumber,
        String lockDigest,
        String bundleDigest,
        Instant frozenAt,
        String frozenBy,
        @Nullable String bundlePurged) {}
