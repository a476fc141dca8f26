package dev.apg.resolver;

import dev.apg.resolver.Chosen.Pick;
import dev.apg.resolver.engine.Interruption;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says what keeps a newer version than the chosen one out: see {@link HeldBack}. */
final class HeldBackFinder {
    /** Versions of one capability that are looked at behind the newest. */
    private static final int MOST_LOOKED_AT = 20;

    /** Obstacles of the newest version. */
    private static final int MOST_TOLD = 3;

    /** Of a choice with more versions nobody reads all that is in their ways, and looking for it would take as long as the rest. */
    private static final int SMALL = 300;

    private final Encoding encoding;
    private final Choice choice;
    private final Chosen chosen;
    private final Bindings bindings;
    private final Worsening worsening;

    HeldBackFinder(Encoding encoding, Choice choice, Chosen chosen, Bindings bindings) {
        this.encoding = encoding;
        this.choice = choice;
        this.chosen = chosen;
        this.bindings = bindings;
        this.worsening = new Worsening(encoding, chosen, bindings);
    }

    /** Null if the chosen version is the newest. */
    @Nullable
    HeldBack of(int position) {
        Pick pick = chosen.pick(position);
        List<SemVer> numbers = pick.block().numbers;
        boolean prereleases =
                encoding.request().policy().prereleases() || pick.number().isPrerelease();
        int newest = numbers.size() - 1;
        while (newest > pick.ordinal() && !counts(position, newest, prereleases)) {
            newest--;
        }
        if (newest <= pick.ordinal()) {
            return null;
        }
        List<HeldBack.Cause> causes =
                causesAgainst(new Pick(pick.block(), newest), position, choice.size() > SMALL ? 1 : MOST_TOLD);
        HeldBack.Cause cause = causes.getFirst();
        return new HeldBack(
                numbers.get(newest),
                cause,
                cause instanceof HeldBack.Cause.NotAccepted ? List.of() : causes.subList(1, causes.size()),
                cause instanceof HeldBack.Cause.NotAccepted ? next(position, newest, prereleases) : null,
                cause instanceof HeldBack.Cause.Aim ? null : passedOver(position, newest, prereleases),
                kept(position, newest, cause, prereleases));
    }

    /** Whether anybody would look for a version: a pre-release counts where those that there are count, or all needs name it. */
    private boolean counts(int position, int ordinal, boolean prereleases) {
        VersionBlock block = chosen.pick(position).block();
        if (prereleases || !block.numbers.get(ordinal).isPrerelease()) {
            return true;
        }
        Pick prerelease = new Pick(block, ordinal);
        List<Link> needs = bindings.metBy(position);
        return !needs.isEmpty()
                && needs.stream()
                        .allMatch(link -> link.targets().stream()
                                .anyMatch(target -> chosen.meets(prerelease, target, encoding.rule())));
    }

    /** Whoever hears that the newest version is yanked asks what is in the way of the one before. */
    private HeldBack.@Nullable Next next(int position, int newest, boolean prereleases) {
        Pick pick = chosen.pick(position);
        List<SemVer> numbers = pick.block().numbers;
        for (int ordinal = newest - 1; ordinal > Math.max(pick.ordinal(), newest - MOST_LOOKED_AT); ordinal--) {
            SemVer number = numbers.get(ordinal);
            if (counts(position, ordinal, prereleases)) {
                HeldBack.Cause cause = causeAgainst(new Pick(pick.block(), ordinal), position);
                if (!(cause instanceof HeldBack.Cause.NotAccepted)) {
                    return new HeldBack.Next(number, cause);
                }
            }
        }
        return null;
    }

    /** The newest version below this one that would be there if the policy did not ask for something else first. */
    private HeldBack.@Nullable Next passedOver(int position, int newest, boolean prereleases) {
        if (encoding.request().policy().objectives().isEmpty()) {
            return null;
        }
        Pick pick = chosen.pick(position);
        List<SemVer> numbers = pick.block().numbers;
        for (int ordinal = newest - 1; ordinal > Math.max(pick.ordinal(), newest - MOST_LOOKED_AT); ordinal--) {
            SemVer number = numbers.get(ordinal);
            if (counts(position, ordinal, prereleases)
                    && causeAgainst(new Pick(pick.block(), ordinal), position) instanceof HeldBack.Cause.Aim aim) {
                return new HeldBack.Next(number, aim);
            }
        }
        return null;
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
            if (counts(position, ordinal, prereleases)
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
        List<Objective> objectives = encoding.request().policy().objectives();
        boolean asksForNewest = objectives.stream().allMatch(each -> each == Objective.MINIMAL_CHANGE);
        return asksForNewest && encoding.isLocked(choice.variable(position));
    }

    private HeldBack.Cause causeAgainst(Pick better, int position) {
        return causesAgainst(better, position, 1).getFirst();
    }

    /** The nearest first; at least one. */
    private List<HeldBack.Cause> causesAgainst(Pick better, int position, int most) {
        Interruption.check();
        List<HeldBack.Cause> causes = new ArrayList<>(most);
        Fact ruledOut = encoding.whyRuledOut(encoding.variablesOf(better.block()) + better.ordinal());
        Optional<Mark> mark = refusedMark(better);
        if (mark.isPresent()) {
            causes.add(new HeldBack.Cause.NotAccepted(mark.get()));
        } else if (ruledOut instanceof Fact.Pinned(String _, SemVer number)) {
            causes.add(new HeldBack.Cause.Pinned(number));
        } else if (ruledOut instanceof Fact.Excluded(Target exclusion)) {
            causes.add(new HeldBack.Cause.Excluded(exclusion));
        }
        for (Link link : bindings.metBy(position)) {
            if (causes.size() < most
                    // What the chosen version asks of itself goes with it.
                    && !(link instanceof Link.Needed(ExactVersion consumer, Requirement _)
                            && consumer.equals(chosen.exact(position)))
                    && link.targets().stream().noneMatch(target -> chosen.meets(better, target, encoding.rule()))) {
                causes.add(new HeldBack.Cause.Range(link));
            }
        }
        if (causes.size() < most) {
            chosen.conflictsWith(better).ifPresent(by -> causes.add(new HeldBack.Cause.Conflict(by)));
        }
        if (causes.size() < most) {
            obstacle(better)
                    .filter(each -> !causes.contains(each))
                    .filter(each -> causes.isEmpty() || !wouldGoWithIt(each, position))
                    .ifPresent(causes::add);
        }
        if (causes.isEmpty()) {
            causes.add(isKept(position) ? new HeldBack.Cause.Locked() : preference(better, position));
        }
        return causes;
    }

    /** Whoever gives up a pin or a range does not want a yanked version for it. */
    private Optional<Mark> refusedMark(Pick better) {
        int refused = better.block().markBits(better.ordinal())
                & encoding.request().policy().refusedMarks();
        return refused == 0 ? Optional.empty() : Optional.of(Mark.values()[Integer.numberOfTrailingZeros(refused)]);
    }

    /** Whether only the chosen version itself keeps out what the better one needs, so that this goes with the version. */
    private boolean wouldGoWithIt(HeldBack.Cause cause, int position) {
        return cause instanceof HeldBack.Cause.OwnNeed(Requirement requirement)
                && requirement.strength() == Strength.REQUIRED
                && requirement.anyOf().stream()
                        .anyMatch(target -> chosen.present(target).stream()
                                .anyMatch(present -> couldMeet(present, target, chosen.exact(position))));
    }

    /** Whether another version of something chosen would meet a need, as far as all are concerned but one consumer. */
    private boolean couldMeet(Pick present, Target target, ExactVersion exceptFor) {
        List<Link> others = bindings.metBy(chosen.position(present)).stream()
                .filter(link -> !(link instanceof Link.Needed(ExactVersion consumer, Requirement _)
                        && consumer.equals(exceptFor)))
                .toList();
        return IntStream.range(0, present.block().size())
                .mapToObj(ordinal -> new Pick(present.block(), ordinal))
                .filter(pick -> encoding.whyRuledOut(encoding.variablesOf(pick.block()) + pick.ordinal()) == null)
                .filter(pick -> chosen.meets(pick, target, encoding.rule()))
                .anyMatch(pick -> others.stream()
                        .allMatch(link ->
                                link.targets().stream().anyMatch(each -> chosen.meets(pick, each, encoding.rule()))));
    }

    private Optional<HeldBack.Cause> obstacle(Pick better) {
        return switch (chosen.obstacleTo(better)) {
            case Chosen.Obstacle.Conflict(ExactVersion other) -> Optional.of(new HeldBack.Cause.Conflict(other));
            case Chosen.Obstacle.OwnNeed(Requirement requirement) ->
                Optional.of(new HeldBack.Cause.OwnNeed(requirement));
            case null -> Optional.empty();
        };
    }

    /** Beside all else that was chosen nothing speaks against it, so that it would be there if it were as good. */
    private HeldBack.Cause preference(Pick better, int position) {
        if (encoding.request().policy().objectives().isEmpty()) {
            return new HeldBack.Cause.Combination();
        }
        return worsening.instead(position, better);
    }
}
