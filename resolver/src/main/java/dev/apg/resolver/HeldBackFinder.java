package dev.apg.resolver;

import dev.apg.resolver.Chosen.Pick;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what keeps a newer version than the chosen one out: see {@link HeldBack}. */
final class HeldBackFinder {
    /** Versions of one capability that are looked at for one that only the previous lock keeps out. */
    private static final int MOST_LOOKED_AT = 20;

    private final Encoding encoding;
    private final Choice choice;
    private final Chosen chosen;
    private final Bindings bindings;

    private record Opposition(int by, Target to) {}

    /** The conflicts of all that is chosen. */
    private final List<Opposition> oppositions = new ArrayList<>();

    HeldBackFinder(Encoding encoding, Choice choice, Chosen chosen, Bindings bindings) {
        this.encoding = encoding;
        this.choice = choice;
        this.chosen = chosen;
        this.bindings = bindings;
        for (int i = 0; i < choice.size(); i++) {
            for (Target conflict : chosen.version(i).conflicts()) {
                oppositions.add(new Opposition(i, conflict));
            }
        }
    }

    /** Null if the chosen version is the newest. */
    @Nullable
    HeldBack of(int position) {
        Pick pick = chosen.pick(position);
        List<SemVer> numbers = pick.block().numbers;
        boolean prereleases =
                encoding.request().policy().prereleases() || pick.number().isPrerelease();
        int newest = numbers.size() - 1;
        while (newest > pick.ordinal() && !prereleases && numbers.get(newest).isPrerelease()) {
            newest--;
        }
        if (newest <= pick.ordinal()) {
            return null;
        }
        HeldBack.Cause cause = causeAgainst(new Pick(pick.block(), newest), position);
        return new HeldBack(numbers.get(newest), cause, kept(position, newest, cause, prereleases));
    }

    /** The newest version up to this one that only the previous lock keeps out. */
    private @Nullable SemVer kept(int position, int newest, HeldBack.Cause cause, boolean prereleases) {
        Pick pick = chosen.pick(position);
        List<SemVer> numbers = pick.block().numbers;
        if (cause instanceof HeldBack.Cause.Locked) {
            return numbers.get(newest);
        }
        int last = isKept(position) ? Math.max(pick.ordinal(), newest - MOST_LOOKED_AT) : newest;
        for (int ordinal = newest - 1; ordinal > last; ordinal--) {
            SemVer number = numbers.get(ordinal);
            if ((prereleases || !number.isPrerelease())
                    && causeAgainst(new Pick(pick.block(), ordinal), position) instanceof HeldBack.Cause.Locked) {
                return number;
            }
        }
        return null;
    }

    /**
     * Whether the previous lock is why the version was chosen, so that an update would take a newer one which nothing else
     * is in the way of. Under an objective that does not ask for the newest, that one may be worse.
     */
    private boolean isKept(int position) {
        return switch (encoding.request().policy().objective()) {
            case NEWEST, MINIMAL_CHANGE -> encoding.isLocked(choice.variable(position));
            case FEWEST, CHEAPEST -> false;
        };
    }

    private HeldBack.Cause causeAgainst(Pick better, int position) {
        Fact ruledOut = encoding.whyRuledOut(encoding.variablesOf(better.block()) + better.ordinal());
        if (ruledOut instanceof Fact.Pinned) {
            return new HeldBack.Cause.Pinned();
        }
        if (ruledOut instanceof Fact.Excluded(Target exclusion)) {
            return new HeldBack.Cause.Excluded(exclusion);
        }
        if (ruledOut instanceof Fact.NotAccepted(ExactVersion _, Mark mark)) {
            return new HeldBack.Cause.NotAccepted(mark);
        }
        for (Link link : bindings.metBy(position)) {
            if (Bindings.targetsOf(link).stream().noneMatch(target -> chosen.meets(better, target, encoding.rule()))) {
                return new HeldBack.Cause.Range(link);
            }
        }
        for (Opposition each : oppositions) {
            if (each.by != position && chosen.meets(better, each.to, PrereleaseRule.INCLUDE)) {
                return new HeldBack.Cause.Conflict(chosen.exact(each.by));
            }
        }
        return switch (chosen.obstacleTo(better)) {
            case Chosen.Obstacle.Conflict(ExactVersion other) -> new HeldBack.Cause.Conflict(other);
            case Chosen.Obstacle.OwnNeed(Requirement requirement) -> new HeldBack.Cause.OwnNeed(requirement);
            case null -> isKept(position) ? new HeldBack.Cause.Locked() : new HeldBack.Cause.Combination();
        };
    }
}
