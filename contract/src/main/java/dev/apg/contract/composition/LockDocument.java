package dev.apg.contract.composition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a revision froze: the format {@code apg.lock/1} of {@code docs/formats.md}.
 *
 * @param entries in start order
 */
public record LockDocument(
        String format, String composition, List<LockEntry> entries, List<LockBinding> bindings, Policy policy) {

    public static final String FORMAT = "apg.lock/1";

    public LockDocument {
        entries = List.copyOf(entries);
        bindings = List.copyOf(bindings);
    }

    /**
     * One chosen version.
     *
     * @param reason the chain of needs from what the composition names to this entry; of a very long one the first and the
     *     last links, and between them how many are omitted
     */
    public record LockEntry(String capability, String version, String digest, List<Reason> reason) {
        public LockEntry {
            reason = List.copyOf(reason);
        }
    }

    /**
     * A link of a chain: either the {@code root} that the composition names, or a requirement of another entry, or the place
     * of links that are left out.
     *
     * @param omitted how many links are left out here; the reason of the entry that the next link names has the last of them
     */
    public record Reason(
            @Nullable String root,
            @Nullable String capability,
            @Nullable String requirement,
            @Nullable Integer omitted) {

        /** @param code of the capability or service that the composition names */
        public static Reason root(String code) {
            return new Reason(code, null, null, null);
        }

        public static Reason need(String capability, String requirement) {
            return new Reason(null, capability, requirement, null);
        }

        public static Reason omitted(int links) {
            return new Reason(null, null, null, links);
        }
    }

    /**
     * Which provider meets a requirement.
     *
     * @param service the required service, if a service was required
     * @param port the provider's port for it, if it runs
     */
    public record LockBinding(
            String consumer,
            String requirement,
            String provider,
            @Nullable String service,
            @Nullable String port) {}
}
