package dev.apg.server.impact;

import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.VersionChange;
import dev.apg.contract.impact.ImpactAnswer.ImpactItem;
import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Impact;
import dev.apg.resolver.Impact.Refusal;
import dev.apg.resolver.Policy;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Resolver;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import dev.apg.server.composition.CompositionHeads;
import dev.apg.server.composition.FrozenLock;
import dev.apg.server.composition.HiddenPrereleases;
import dev.apg.server.composition.RequestWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the verdict for one composition into words. */
final class Items {
    /** Steps for the searches of a page, each of which has an equal part. */
    private static final long STEPS_OF_PAGE = 50_000_000;

    /** Of one explanation. */
    private static final int MOST_FIXES = 3;

    private final Snapshot snapshot;
    private final Question question;

    /** For one search. */
    private final long steps;

    /** @param page what will be put into words: the same for the same page, whoever asks for it */
    Items(Snapshot snapshot, Question question, List<Verdicts.Judged> page) {
        this.snapshot = snapshot;
        this.question = question;
        long parts = page.stream().mapToLong(each -> parts(each.verdict())).sum();
        this.steps = Math.min(Verdicts.STEPS_OF_ONE, STEPS_OF_PAGE / Math.max(1, parts));
    }

    private static int parts(ImpactVerdict verdict) {
        return switch (verdict) {
            case UNAFFECTED, NOT_CHECKED -> 0;
            case UPGRADABLE -> 1;
            // One more for what its fixes lead to.
            case BLOCKED, BROKEN -> Impact.SHARES_OF_REFUSAL + 1;
        };
    }

    /** @param lock what was frozen, of a composition that would move */
    ImpactItem of(Verdicts.Judged judged, Request stored, Optional<FrozenLock> lock) {
        ImpactVerdict verdict = judged.verdict();
        Request request = stored.withStepBudget(steps);
        @Nullable SemVer locked = request.previous().get(question.code());
        return switch (verdict) {
            case UNAFFECTED -> item(judged, locked, FrozenLock.Changes.NONE, unaffected(locked), Optional.empty());
            case UPGRADABLE -> {
                FrozenLock.Changes changes = question.impact()
                        .solution(request)
                        .flatMap(then -> lock.map(frozen -> changes(frozen, then)))
                        .orElse(FrozenLock.Changes.NONE);
                yield item(judged, locked, changes, upgradable(changes), Optional.empty());
            }
            case BLOCKED, BROKEN -> {
                Refusal why = why(request, verdict);
                yield item(
                        judged,
                        locked,
                        FrozenLock.Changes.NONE,
                        refused(request, judged, why),
                        explanation(why).map(found -> explained(request, verdict, found)));
            }
            case NOT_CHECKED ->
                item(
                        judged,
                        locked,
                        FrozenLock.Changes.NONE,
                        "The step budget ran out before it was known.",
                        Optional.empty());
        };
    }

    private static ImpactItem item(
            Verdicts.Judged judged,
            @Nullable SemVer locked,
            FrozenLock.Changes changes,
            String sentence,
            Optional<Explanation> explanation) {
        return new ImpactItem(
                judged.head().code(),
                judged.head().revision(),
                judged.verdict(),
                judged.verdict() == ImpactVerdict.BROKEN ? judged.brokenAlready() : null,
                locked == null ? null : locked.toString(),
                changes.moves(),
                changes.swaps(),
                sentence,
                explanation.orElse(null));
    }

    private FrozenLock.Changes changes(FrozenLock frozen, Resolution.Solved then) {
        var known = new FrozenLock.Known(this::digest, this::taken);
        return switch (question) {
            case Question.Taking taking -> frozen.taking(taking.version(), then, known);
            case Question.Losing losing -> frozen.losing(losing.code(), lost(losing), then, known);
        };
    }

    private String digest(ExactVersion version) {
        return snapshot.capability(version.code())
                .flatMap(capability -> capability.version(version.number()))
                .map(VersionEntry::digest)
                // Nobody published it, so whoever asked about it told its content.
                .orElseGet(() -> Objects.requireNonNull(question.subject().digest()));
    }

    /** Of what stands otherwise in the question than in the catalogue there is nothing to say. */
    private String taken(String code, String number) {
        boolean supposed = question.subject().state() != null
                && code.equals(question.code())
                && number.equals(question.subject().version());
        return supposed ? "" : CompositionHeads.taken(snapshot, code, number);
    }

    private String unaffected(@Nullable SemVer locked) {
        String code = question.code();
        if (locked == null) {
            return "Its lock does not have %s.".formatted(code);
        }
        return switch (question) {
            case Question.Taking taking ->
                locked.equals(taking.number())
                        ? "Its lock has %s %s already.".formatted(code, locked)
                        : "Its lock has a newer one, %s %s.".formatted(code, locked);
            case Question.Losing losing -> "Its lock has another one, %s %s.".formatted(code, locked);
        };
    }

    private String upgradable(FrozenLock.Changes changes) {
        String can = switch (question) {
            case Question.Taking taking -> "It can take " + taking.version();
            case Question.Losing losing -> "It can do without " + lost(losing);
        };
        if (changes.moves().isEmpty()) {
            return "%s; what moves then %s.".formatted(can, notFound());
        }
        String told = changes.moves().stream().map(Items::told).collect(Collectors.joining(", "));
        String rest = changes.moves().size() == 1 && changes.swaps().isEmpty()
                ? " Nothing else moves."
                : changes.swaps().stream().map(swap -> " " + swap.sentence()).collect(Collectors.joining());
        return "%s: %s.%s%s".formatted(can, told, rest, marks(changes));
    }

    private String marks(FrozenLock.Changes changes) {
        return changes.moves().stream()
                .flatMap(move -> Stream.ofNullable(move.to()).map(to -> taken(move.capability(), to)))
                .collect(Collectors.joining());
    }

    /** The verdict had more steps than its words. */
    private String notFound() {
        return "was not found within %d steps%s"
                .formatted(
                        steps,
                        steps < Verdicts.STEPS_OF_ONE ? " (with a smaller limit each composition has more)" : "");
    }

    private static String told(VersionChange move) {
        return switch (move.kind()) {
            case ADDED -> "%s %s comes in".formatted(move.capability(), move.to());
            case REMOVED -> "%s %s goes".formatted(move.capability(), move.from());
            case UP -> "%s goes up from %s to %s".formatted(move.capability(), move.from(), move.to());
            case DOWN -> "%s goes down from %s to %s".formatted(move.capability(), move.from(), move.to());
        };
    }

    private static String lost(Question.Losing losing) {
        return losing.number().map(number -> losing.code() + " " + number).orElse(losing.code());
    }

    private Refusal why(Request request, ImpactVerdict verdict) {
        return switch (question) {
            case Question.Taking taking -> taking.impact().whyRefused(request);
            case Question.Losing losing
            when verdict == ImpactVerdict.BLOCKED -> losing.impact().whyRefused(request);
            case Question.Losing losing ->
                Resolver.resolve(losing.told(), request) instanceof Resolution.Unsolvable(var explanation, long _)
                        ? new Refusal.Contradiction(explanation)
                        : new Refusal.Unknown();
        };
    }

    /** A derivation knows nothing of what is lost, unless it can say that the policy does not accept it. */
    private String leftAside(ImpactVerdict verdict) {
        return switch (question) {
            case Question.Losing losing
            when losing.gone() || verdict == ImpactVerdict.BLOCKED ->
                "Leaving aside %s, which would be %s:\n".formatted(lost(losing), losing.becomes());
            case Question.Losing losing -> "";
            case Question.Taking taking -> "";
        };
    }

    private Explanation explained(Request request, ImpactVerdict verdict, dev.apg.resolver.Explanation found) {
        Explanation told = CompositionHeads.explanation(leftAside(verdict), found, snapshot, request);
        return question instanceof Question.Losing losing && verdict == ImpactVerdict.BLOCKED
                ? told.withFixes(IntStream.range(0, told.fixes().size())
                        .mapToObj(i -> leadingAway(
                                losing,
                                request,
                                found.fixes().get(i),
                                told.fixes().get(i)))
                        .toList())
                : told;
    }

    /** A policy that goes on accepting what is lost goes on choosing it, unless the draft excludes it. */
    private Explanation.Fix leadingAway(
            Question.Losing losing, Request request, dev.apg.resolver.Fix fix, Explanation.Fix told) {
        Request fixed =
                fix.applyTo(request).withUpdate(Set.of(losing.code())).withStepBudget(Math.max(1, steps / MOST_FIXES));
        boolean leadsAway = Resolver.resolve(losing.told(), fixed) instanceof Resolution.Solved solved
                && !losing.isLocked(request.withPrevious(solved.versions()));
        if (leadsAway) {
            return told;
        }
        String range = losing.number().map(SemVer::toString).orElse("*");
        List<DraftOperation> operations = new ArrayList<>(told.operations());
        operations.add(new DraftOperation.Exclude(losing.code(), range));
        return new Explanation.Fix(
                "%s Then exclude %s, which would be chosen all the same.".formatted(told.sentence(), lost(losing)),
                operations);
    }

    private static Optional<dev.apg.resolver.Explanation> explanation(Refusal why) {
        return switch (why) {
            case Refusal.Contradiction(var explanation) -> Optional.of(explanation);
            case Refusal.Unneeded unneeded -> Optional.empty();
            case Refusal.NotPreferred notPreferred -> Optional.empty();
            case Refusal.Unknown unknown -> Optional.empty();
        };
    }

    private String refused(Request request, Verdicts.Judged judged, Refusal why) {
        return switch (question) {
            case Question.Taking taking ->
                "It cannot take %s: %s.%s"
                        .formatted(
                                taking.version(),
                                obstacle(taking, request, why),
                                explanation(why)
                                        .map(found -> HiddenPrereleases.words(found, taking.version()))
                                        .orElse(""));
            case Question.Losing losing
            when judged.verdict() == ImpactVerdict.BLOCKED ->
                "Its policy goes on accepting %s, but nothing can take the place of it.%s"
                        .formatted(lost(losing), unexplained(why));
            case Question.Losing losing
            when !losing.isLocked(request) ->
                "Its lock does not have %s, but does not hold any more, and without it there is no solution left.%s"
                        .formatted(lost(losing), unexplained(why));
            case Question.Losing losing ->
                "It has no solution without %s.%s%s"
                        .formatted(
                                lost(losing),
                                judged.brokenAlready() ? " It has none with it either." : "",
                                unexplained(why));
        };
    }

    private String unexplained(Refusal why) {
        return why instanceof Refusal.Unknown ? " Why %s.".formatted(notFound()) : "";
    }

    private String obstacle(Question.Taking taking, Request request, Refusal why) {
        return switch (why) {
            case Refusal.Contradiction(var explanation) -> Obstacles.of(explanation, taking.version());
            case Refusal.Unneeded unneeded -> "beside it nothing would need it";
            case Refusal.NotPreferred notPreferred -> notPreferred(request.policy());
            case Refusal.Unknown unknown -> "why " + notFound();
        };
    }

    private static String notPreferred(Policy policy) {
        return policy.objectives().isEmpty()
                ? "what would need it takes something else before it"
                : "its policy asks for %s, and there is a better choice without it"
                        .formatted(policy.objectives().stream()
                                .map(RequestWords::aim)
                                .collect(Collectors.joining(", then ")));
    }
}
