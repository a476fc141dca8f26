package dev.apg.resolver;

import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The versions of a lock by position, in the order in which they were added, and which of them meet a target. */
final class LockedVersions {
    /** No position: nothing in the lock. */
    static final int NOBODY = -1;

    /** No position: more than one. */
    static final int SEVERAL = -2;

    private final Matching matching;

    private final List<VersionBlock> blocks;
    private final IntList ordinals = new IntList();

    /** By the id of a capability's code. */
    private final IntMap positions = new IntMap();

    /** By the id of a service's code, the last of its providers; the others by what comes before each. */
    private final IntMap providers = new IntMap();

    private final IntList providing = new IntList();
    private final IntList before = new IntList();

    LockedVersions(Matching matching, int expected) {
        this.matching = matching;
        this.blocks = new ArrayList<>(expected);
    }

    void add(VersionBlock block, int ordinal) {
        int position = blocks.size();
        positions.put(block.name, position);
        blocks.add(block);
        ordinals.add(ordinal);
        int at = block.start(ordinal);
        int end = at + 1 + 2 * block.data[at];
        for (at++; at < end; at += 2) {
            before.add(providers.get(block.data[at]));
            providers.put(block.data[at], providing.size());
            providing.add(position);
        }
    }

    int size() {
        return blocks.size();
    }

    VersionBlock block(int position) {
        return blocks.get(position);
    }

    int ordinal(int position) {
        return ordinals.get(position);
    }

    SemVer number(int position) {
        return blocks.get(position).numbers.get(ordinals.get(position));
    }

    /** Who meets one target more, if {@code found} met those before: a position, {@link #NOBODY} or {@link #SEVERAL}. */
    int meeting(int found, boolean service, int code, VersionRange range, PrereleaseRule rule) {
        if (found == SEVERAL || code < 0) {
            return found;
        }
        int now = found;
        if (service) {
            for (int i = providers.get(code); i >= 0 && now != SEVERAL; i = before.get(i)) {
                int position = providing.get(i);
                if (position != now && meets(position, true, code, range, rule)) {
                    now = now == NOBODY ? position : SEVERAL;
                }
            }
            return now;
        }
        int position = positions.get(code);
        if (position >= 0 && position != now && range.admits(number(position), rule)) {
            now = now == NOBODY ? position : SEVERAL;
        }
        return now;
    }

    private boolean meets(int position, boolean service, int code, VersionRange range, PrereleaseRule rule) {
        return matching.meets(blocks.get(position), ordinals.get(position), service, code, range, rule);
    }

    /** Whether a version other than {@code self} that a target could be about, whatever its range, fulfils the condition. */
    boolean anyOther(int self, boolean service, int code, IntPredicate condition) {
        if (!service) {
            int other = positions.get(code);
            return other >= 0 && other != self && condition.test(other);
        }
        for (int i = providers.get(code); i >= 0; i = before.get(i)) {
            int other = providing.get(i);
            if (other != self && condition.test(other)) {
                return true;
            }
        }
        return false;
    }

    boolean meetsItself(int position, boolean service, int code, VersionRange range, PrereleaseRule rule) {
        return matching.meetsItself(blocks.get(position), ordinals.get(position), service, code, range, rule);
    }

    /** Whether the range of an optional requirement holds for a version that is present. */
    boolean fits(int position, boolean service, int code, VersionRange range, PrereleaseRule rule) {
        return service
                ? matching.providesItself(blocks.get(position), ordinals.get(position), code, range, rule)
                : range.admits(number(position), rule);
    }

    /** Whether a version is one that a conflict is about. */
    boolean isOpposed(int position, boolean service, int code, VersionRange range) {
        return meets(position, service, code, range, PrereleaseRule.INCLUDE);
    }
}
