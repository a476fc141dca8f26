package dev.apg.server.impact;

import dev.apg.resolver.Universe;
import dev.apg.server.composition.CompositionHeads;
import dev.apg.server.composition.CompositionHeads.Head;
import dev.apg.server.impact.Verdicts.Judged;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The verdicts of the question that a tenant asked last, so that nothing is judged again for its further pages: these cost their
 * own compositions, the list of all, and what the question supposes of the catalogue. Verdicts depend on nothing but the
 * catalogue, the question, which revisions are the newest, and which of them the question concerns.
 */
@Component
class LastVerdicts {
    private static final int MOST_TENANTS = 8;

    private final Map<UUID, Known> byTenant = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Known> eldest) {
            return size() > MOST_TENANTS;
        }
    };

    /** @param universe not kept alive: once the catalogue moved on, nobody asks about it any more */
    private record Known(
            WeakReference<Universe> universe,
            String question,
            List<Head> heads,
            Set<UUID> concerned,
            List<Judged> judged) {
        boolean answers(Universe of, String asked, CompositionHeads.All about) {
            // Whom it concerns is read before the catalogue, which may have moved on in between.
            return universe.refersTo(of)
                    && question.equals(asked)
                    && heads.equals(about.frozen())
                    && concerned.equals(about.concerned());
        }
    }

    List<Judged> orElse(
            UUID tenantId, Universe universe, String question, CompositionHeads.All all, Supplier<List<Judged>> judge) {
        Known known;
        synchronized (byTenant) {
            known = byTenant.get(tenantId);
        }
        if (known != null && known.answers(universe, question, all)) {
            return known.judged();
        }
        List<Judged> judged = judge.get();
        synchronized (byTenant) {
            byTenant.values().removeIf(other -> other.universe().refersTo(null));
            byTenant.put(
                    tenantId,
                    new Known(new WeakReference<>(universe), question, all.frozen(), all.concerned(), judged));
        }
        return judged;
    }
}
