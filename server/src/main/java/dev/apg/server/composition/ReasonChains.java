package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument.Reason;
import dev.apg.resolver.Entry;
import dev.apg.resolver.Link;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chains of needs of one solution, from what the composition names to each entry. Chains share their links. A very long
 * one is told by its ends: written out, the chains of a deep solution would take space in proportion to the square of its
 * entries, and what is left out of one stands in those of the entries on the way.
 */
final class ReasonChains {
    /** Links of a chain that is told as a whole; docs/formats.md says so, because what is frozen depends on it. */
    private static final int LONGEST = 32;

    /** Links of a longer one that are told beside its first. */
    private static final int LAST = 8;

    private final Map<Link, Reason> told = new IdentityHashMap<>();

    List<Reason> of(Entry entry) {
        List<Link> chain = entry.reason();
        int length = chain.size();
        if (length <= LONGEST) {
            return chain.stream().map(this::shared).toList();
        }
        List<Reason> ends = new ArrayList<>(2 + LAST);
        ends.add(shared(chain.getFirst()));
        ends.add(Reason.omitted(length - 1 - LAST));
        for (int i = length - LAST; i < length; i++) {
            ends.add(shared(chain.get(i)));
        }
        return ends;
    }

    private Reason shared(Link link) {
        return told.computeIfAbsent(link, ReasonChains::of);
    }

    static Reason of(Link link) {
        return switch (link) {
            case Link.Asked(var root) -> Reason.root(root.target().code());
            case Link.Needed(var consumer, var requirement) -> Reason.need(consumer.code(), requirement.name());
        };
    }
}
