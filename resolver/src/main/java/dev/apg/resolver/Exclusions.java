package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's exclusions by what they are about, so that a version is compared with those alone that may meet it. */
final class Exclusions {
    static final int NONE = -1;

    private final List<Target> all;
    private final Matching matching;

    /** Positions among the sorted exclusions, by the id of a capability's code, and by that of a service's. */
    private final Map<Integer, List<Integer>> ofCapability = new HashMap<>();

    private final Map<Integer, List<Integer>> ofService = new HashMap<>();

    Exclusions(Universe universe, Request request, Matching matching) {
        this.all = request.exclusions().stream()
                .distinct()
                .sorted(Encoding.BY_CODE)
                .toList();
        this.matching = matching;
        for (int i = 0; i < all.size(); i++) {
            Target target = all.get(i);
            Map<Integer, List<Integer>> of = switch (target.kind()) {
                case CAPABILITY -> ofCapability;
                case SERVICE -> ofService;
            };
            of.computeIfAbsent(universe.symbols.names.known(target.code()), _ -> new ArrayList<>())
                    .add(i);
        }
    }

    /** The first exclusion that a version falls under, as its position among the sorted ones, or {@link #NONE}. */
    int first(VersionBlock block, int ordinal) {
        if (all.isEmpty()) {
            return NONE;
        }
        int first = firstOf(ofCapability.get(block.name), block, ordinal);
        if (!ofService.isEmpty()) {
            int at = block.start(ordinal);
            int end = at + 1 + 2 * block.data[at];
            for (at++; at < end; at += 2) {
                int found = firstOf(ofService.get(block.data[at]), block, ordinal);
                first = first == NONE || (found != NONE && found < first) ? found : first;
            }
        }
        return first;
    }

    private int firstOf(@Nullable List<Integer> positions, VersionBlock block, int ordinal) {
        if (positions != null) {
            for (int position : positions) {
                if (isMet(position, block, ordinal)) {
                    return position;
                }
            }
        }
        return NONE;
    }

    Target at(int position) {
        return all.get(position);
    }

    boolean isMet(int position, VersionBlock block, int ordinal) {
        return matching.meets(block, ordinal, all.get(position), PrereleaseRule.INCLUDE);
    }
}
