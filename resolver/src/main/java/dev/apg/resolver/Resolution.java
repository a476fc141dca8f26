package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The outcome of solving. */
public sealed interface Resolution {
    /** How much of the step budget was used. */
    long steps();

    /**
     * A consistent set of versions.
     *
     * @param entries in start order: what is needed before what needs it; by code inside a cycle
     * @param bindings who meets each need, in the order of the consumers' codes; an optional requirement has one if
     *     its target is present
     */
    record Solved(
            List<Entry> entries,
            List<Binding> bindings,
            List<LeftOut> leftOut,
            List<Suggestion> suggestions,
            List<Cycle> cycles,
            Optimality optimality,
            long steps)
            implements Resolution {
        public Solved {
            entries = List.copyOf(entries);
            bindings = List.copyOf(bindings);
            leftOut = List.copyOf(leftOut);
            suggestions = List.copyOf(suggestions);
            cycles = List.copyOf(cycles);
            Objects.requireNonNull(optimality, "optimality");
        }

        /** The chosen versions, by code. */
        public Map<String, SemVer> versions() {
            Map<String, SemVer> versions = HashMap.newHashMap(entries.size());
            for (Entry entry : entries) {
                versions.put(entry.version().code(), entry.version().number());
            }
            return versions;
        }
    }

    /** There is no consistent set; the explanation says why and what would help. */
    record Unsolvable(Explanation explanation, long steps) implements Resolution {
        public Unsolvable {
            Objects.requireNonNull(explanation, "explanation");
        }
    }

    /** The step budget ran out before either was known. */
    record Exhausted(long steps) implements Resolution {}
}
