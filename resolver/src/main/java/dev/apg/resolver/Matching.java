package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Which versions meet a target. Under the policy's pre-release rule for requirements, under {@link
 * PrereleaseRule#INCLUDE} for conflicts and exclusions.
 *
 * <p>A requirement on a service is about the service's version; the providing version itself may be a pre-release only
 * where the policy takes pre-releases, since no range can name it.
 */
final class Matching {
    private final Universe universe;
    private final Symbols symbols;

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
            for (int provider : byCode(universe.mentions.providers().of(code))) {
                VersionBlock block = universe.block(provider);
                for (int i = block == null ? -1 : block.size() - 1; block != null && i >= 0; i--) {
                    if (provides(block, i, code, range, rule)) {
                        sink.accept(block, i, i);
                    }
                }
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

    private int[] byCode(int[] names) {
        if (names.length < 2) {
            return names;
        }
        return Arrays.stream(names)
                .boxed()
                .sorted(Comparator.comparing(symbols.names::value))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    boolean meets(VersionBlock block, int ordinal, boolean service, int code, VersionRange range, PrereleaseRule rule) {
        return service
                ? provides(block, ordinal, code, range, rule)
                : block.name == code && range.admits(block.numbers.get(ordinal), rule);
    }

    private boolean provides(VersionBlock block, int ordinal, int service, VersionRange range, PrereleaseRule rule) {
        boolean hidden =
                rule == PrereleaseRule.NPM && block.numbers.get(ordinal).isPrerelease();
        return !hidden && providesItself(block, ordinal, service, range, rule);
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
