package dev.apg.server.composition;

import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.ValidationReport;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What freezing stores.
 *
 * @param frozenAt in whole seconds, as the bundle says it
 * @param bundle the tar
 * @param versionIds of the lock's entries
 * @param request {@link RequestBytes} of draft and lock
 */
record NewRevision(
        UUID compositionId,
        int number,
        String message,
        DraftDocument draft,
        long draftNumber,
        StoredLock lock,
        ValidationReport report,
        byte[] bundle,
        String bundleDigest,
        Instant frozenAt,
        String frozenBy,
        List<UUID> versionIds,
        SortedMap<String, String> leftBehind,
        byte[] request) {}
