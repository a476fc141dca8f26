package dev.apg.server.impact;

import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.VersionChange;
import dev.apg.contract.impact.ImpactAnswer.ImpactItem;
import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Feasibility;
import dev.apg.resolver.Impact.Refusal;
import dev.apg.resolver.Objective;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Resolver;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import dev.apg.server.composition.CompositionHeads;
import dev.apg.server.composition.CompositionHeads.Head;
import dev.apg.server.composition.FrozenLock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the verdict for one composition into words. */
final class Items {
    private final Snapshot snapshot;
    private final Question question;

    Items(Snapshot snapshot, Question question) {
        this.snapshot = snapshot;
        this.question = question;
    }

    /** @param lock what was frozen, of a composition that would move */
    ImpactItem of(Verdicts.Judged judged, Request stored, Optional<FrozenLock> lock) {
        Head head = judged.head();
        ImpactVerdict verdict = judged.verdict();
        Request request = stored.withStepBudget(Verdicts.STEPS_OF_ONE);
        @Nullable SemVer locked = request.previous().get(question.code());
        return switch (verdict) {
            case UNAFFECTED ->
                item(head, verdict, locked, FrozenLock.Changes.NONE, unaffected(locked), Optional.empty());
            case UPGRADABLE -> {
                FrozenLock.Changes changes = question.impact()
                        .solution(request)
                        .flatMap(then -> lock.map(frozen -> changes(frozen, then)))
                        .orElse(FrozenLock.Changes.NONE);
                yield item(head, verdict, locked, changes, upgradable(changes), Optional.empty());
            }
            case BLOCKED, BROKEN -> {
                Refusal why = why(request, verdict);
                yield item(
                        head,
                        verdict,
                        locked,
                        FrozenLock.Changes.NONE,
                        refused(request, verdict, why),
                        explanation(why).map(found -> CompositionHeads.explanation(found, snapshot, request)));
            }
            case NOT_CHECKED ->
                item(
                        head,
                        verdict,
                        locked,
                        FrozenLock.Changes.NONE,
                        "The step budget ran out before it was known.",
                        Optional.empty());
        };
    }

    private static ImpactItem item(
            Head head,
            ImpactVerdict verdict,
            @Nullable SemVer locked,
            FrozenLock.Changes changes,
            String sentence,
            Optional<Explanation> explanation) {
        return new ImpactItem(
                head.code(),
                head.revision(),
                verdict,
                locked == null ? null : locked.toString(),
                changes.moves(),
                changes.swaps(),
                sentence,
                explanation.orElse(null));
    }

    private FrozenLock.Changes changes(FrozenLock frozen, Resolution.Solved then) {
        return switch (question) {
            case Question.Taking taking -> frozen.taking(taking.version(), then, this::digest);
            case Question.Losing losing -> frozen.losing(losing.code(), lost(losing), then, this::digest);
        };
    }

    private String digest(ExactVersion version) {
        return snapshot.capability(version.code())
                .flatMap(capability -> capability.version(version.number()))
                .map(VersionEntry::digest)
                // Nobody published it, so whoever asked about it told its content.
                .orElseGet(() -> Objects.requireNonNull(question.subject().digest()));
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
        String told = changes.moves().stream().map(Items::told).collect(Collectors.joining(", "));
        String rest = changes.moves().size() == 1 && changes.swaps().isEmpty()
                ? " Nothing else moves."
                : changes.swaps().stream().map(swap -> " " + swap.sentence()).collect(Collectors.joining());
        return switch (question) {
            case Question.Taking taking -> "It can take %s: %s.%s".formatted(taking.version(), told, rest);
            case Question.Losing losing -> "It can do without %s: %s.%s".formatted(lost(losing), told, rest);
        };
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

    private static Optional<dev.apg.resolver.Explanation> explanation(Refusal why) {
        return switch (why) {
            case Refusal.Contradiction(var explanation) -> Optional.of(explanation);
            case Refusal.Unwanted unwanted -> Optional.empty();
            case Refusal.Unknown unknown -> Optional.empty();
        };
    }

    private String refused(Request request, ImpactVerdict verdict, Refusal why) {
        return switch (question) {
            case Question.Taking taking ->
                "It cannot take %s: %s.".formatted(taking.version(), obstacle(taking, request, why));
            case Question.Losing losing
            when verdict == ImpactVerdict.BLOCKED ->
                "Its policy goes on accepting %s, but nothing can take the place of it.".formatted(lost(losing));
            case Question.Losing losing ->
                "It has no solution without %s.%s"
                        .formatted(lost(losing), hadNone(request) ? " It has none with it either." : "");
        };
    }

    private static String obstacle(Question.Taking taking, Request request, Refusal why) {
        return switch (why) {
            case Refusal.Contradiction(var explanation) -> Obstacles.of(explanation, taking.version());
            case Refusal.Unwanted unwanted -> unwanted(request);
            case Refusal.Unknown unknown -> "the step budget ran out before it was known why";
        };
    }

    /** Nothing speaks against the candidate, yet the choice rule does not come to it. */
    private static String unwanted(Request request) {
        List<Objective> objectives = request.policy().objectives();
        return objectives.isEmpty()
                ? "beside it nothing would need it"
                : "its policy asks for %s, and there is a better choice without it"
                        .formatted(objectives.stream().map(Items::aim).collect(Collectors.joining(", then ")));
    }

    private static String aim(Objective objective) {
        return switch (objective) {
            case MINIMAL_CHANGE -> "the fewest changes";
            case FEWEST -> "the fewest capabilities";
            case CHEAPEST -> "the lowest cost";
        };
    }

    private boolean hadNone(Request request) {
        return Resolver.feasibility(snapshot.universe(), request).known() == Feasibility.Known.UNSOLVABLE;
    }
}
