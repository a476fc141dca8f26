package dev.apg.server.composition.bundle;

import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.LockDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a bundle is made of.
 *
 * @param composition the composition's code
 * @param revision from 1
 * @param frozenAt used to the second
 * @param message what the person who froze it said
 * @param lockBytes the lock's canonical bytes, written as they are
 * @param lockDigest {@code sha256:} and the hex SHA-256 of {@code lockBytes}
 * @param entries one for each entry of the lock, in any order
 * @param cycles the codes of each group of entries that need each other
 */
public record BundleInput(
        String composition,
        @Nullable String displayName,
        long revision,
        Instant frozenAt,
        @Nullable String message,
        LockDocument lock,
        byte[] lockBytes,
        String lockDigest,
        List<Entry> entries,
        List<List<String>> cycles) {

    public BundleInput {
        entries = List.copyOf(entries);
        cycles = cycles.stream().map(List::copyOf).toList();
    }

    /**
     * A chosen version with the configuration that the composition gives it.
     *
     * @param document normalised or as it was published: defaults may be absent
     * @param configuration without the defaults of the configuration schema; empty if there is none
     */
    public record Entry(VersionDocument document, Map<String, Object> configuration) {}
}
