package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which versions meet a target. Under the policy's pre-release rule for requirements, under {@link
 * PrereleaseRule#INCLUDE} for conflicts and exclusions.
 *
 * <p>A requirement on a service is about the service's version; the providing version itself may be a pre-release only
 * where the policy takes pre-releases, since no range can name it.
 */
final class Matching {
    private static final int[] NONE = {};

    /** Up to so many are put in order by insertion: most services have a few providers, and many are asked about. */
    private static final int FEW = 16;

    private final Universe universe;
    private final Symbols symbols;

    /** By service, who provides it in any version, by code; sorted when it is first asked for. */
    private final Map<Integer, int[]> providers = new HashMap<>();

    Matching(Universe universe) {
        this.universe = universe;
        this.symbols = universe.symbols;
    }

    /** Receives versions that meet a target: ordinals of a block, descending from {@code last} to {@code first}. */
    interface Sink {
        void accept(VersionBlock block, int first, int last);
    }

    /** All versions that meet a target: capabilities by code, newest version first. */
    void each(boolean service, int code, VersionRange range, PrereleaseRule rule, Sink sink) {
        if (service) {
            for (int provider : providers(code)) {
                eachProviding(provider, code, range, rule, sink);
            }
            return;
        }
        VersionBlock block = universe.block(code);
        if (block != null) {
            int[] slices = range.slices(block.numbers, rule);
            for (int i = slices.length - 2; i >= 0; i -= 2) {
                sink.accept(block, slices[i], slices[i + 1] - 1);
            }
        }
    }

    private int[] providers(int service) {
        if (service < 0) {
            return NONE;
        }
        int[] known = providers.get(service);
        if (known == null) {
            known = byCode(universe.mentions.providers().of(service));
            providers.put(service, known);
        }
        return known;
    }

    private void eachProviding(int provider, int service, VersionRange range, PrereleaseRule rule, Sink sink) {
        VersionBlock block = Objects.requireNonNull(universe.block(provider));
        boolean provides = false;
        for (int i = block.size() - 1; i >= 0; i--) {
            // Successive versions that share their facts provide the same.
            if (i == block.size() - 1 || block.start(i) != block.start(i + 1)) {
                provides = providesItself(block, i, service, range, rule);
            }
            if (provides && !isHidden(block, i, rule)) {
                sink.accept(block, i, i);
            }
        }
    }

    /** Names of capabilities, ordered by their codes. */
    int[] byCode(int[] names) {
        return names.length > FEW ? manyByCode(names) : fewByCode(names);
    }

    private int[] fewByCode(int[] names) {
        int[] sorted = names.clone();
        for (int i = 1; i < sorted.length; i++) {
            int name = sorted[i];
            String code = symbols.names.value(name);
            int place = i;
            for (; place > 0 && symbols.names.value(sorted[place - 1]).compareTo(code) > 0; place--) {
                sorted[place] = sorted[place - 1];
            }
            sorted[place] = name;
        }
        return sorted;
    }

    private int[] manyByCode(int[] names) {
        return Arrays.stream(names)
                .boxed()
                .sorted(Comparator.comparing(symbols.names::value))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    boolean meets(VersionBlock block, int ordinal, Target target, PrereleaseRule rule) {
        boolean service = target.kind() == Target.Kind.SERVICE;
        return meets(block, ordinal, service, symbols.names.known(target.code()), target.range(), rule);
    }

    boolean meets(VersionBlock block, int ordinal, boolean service, int code, VersionRange range, PrereleaseRule rule) {
        return service
                ? provides(block, ordinal, code, range, rule)
                : block.name == code && range.admits(block.numbers.get(ordinal), rule);
    }

    private boolean provides(VersionBlock block, int ordinal, int service, VersionRange range, PrereleaseRule rule) {
        return !isHidden(block, ordinal, rule) && providesItself(block, ordinal, service, range, rule);
    }

    private static boolean isHidden(VersionBlock block, int ordinal, PrereleaseRule rule) {
        return rule == PrereleaseRule.NPM && block.numbers.get(ordinal).isPrerelease();
    }

    /** Whether a version meets its own need: {@link #meets}, except that it may be any pre-release itself. */
    boolean meetsItself(
            VersionBlock block, int ordinal, boolean service, int code, VersionRange range, PrereleaseRule rule) {
        return service
                ? providesItself(block, ordinal, code, range, rule)
                : code == block.name && range.admits(block.numbers.get(ordinal), rule);
    }

    /** Whether a version provides a service, whatever its own number is: what it needs, it may provide itself. */
    boolean providesItself(VersionBlock block, int ordinal, int service, VersionRange range, PrereleaseRule rule) {
        int[] data = block.data;
        int at = block.start(ordinal);
        int end = at + 1 + 2 * data[at];
        for (at++; at < end; at += 2) {
            if (data[at] == service) {
                SemVer number = symbols.numbers.value(data[at + 1]);
                if (range.admits(number, rule)) {
                    return true;
                }
            }
        }
        return false;
    }
}
