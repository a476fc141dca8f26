package dev.apg.server.impact;

import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.VersionChange;
import dev.apg.contract.impact.ImpactAnswer;
import dev.apg.contract.impact.ImpactAnswer.ImpactItem;
import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.Effect;
import dev.apg.resolver.Feasibility;
import dev.apg.resolver.Impact.Refusal;
import dev.apg.resolver.Move;
import dev.apg.resolver.Objective;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Resolver;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.composition.CompositionHeads;
import dev.apg.server.composition.CompositionHeads.Head;
import java.util.List;
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

    ImpactItem of(Verdicts.Judged judged, Request stored) {
        Head head = judged.head();
        ImpactVerdict verdict = judged.verdict();
        Request request = stored.withStepBudget(Verdicts.STEPS_OF_ONE);
        @Nullable SemVer locked = request.previous().get(question.code());
        return switch (verdict) {
            case UNAFFECTED -> item(head, verdict, locked, List.of(), unaffected(locked), Optional.empty());
            case UPGRADABLE -> {
                List<Move> moves = question.impact().on(request) instanceof Effect.Moved(List<Move> found, long _)
                        ? found
                        : List.of();
                yield item(head, verdict, locked, moves, upgradable(moves), Optional.empty());
            }
            case BLOCKED, BROKEN -> {
                Refusal why = why(request, verdict);
                yield item(
                        head,
                        verdict,
                        locked,
                        List.of(),
                        refused(request, verdict, why),
                        explanation(why).map(found -> CompositionHeads.explanation(found, snapshot, request)));
            }
            case NOT_CHECKED ->
                item(
                        head,
                        verdict,
                        locked,
                        List.of(),
                        "The step budget ran out before it was known.",
                        Optional.empty());
        };
    }

    private static ImpactItem item(
            Head head,
            ImpactVerdict verdict,
            @Nullable SemVer locked,
            List<Move> moves,
            String sentence,
            Optional<Explanation> explanation) {
        return new ImpactItem(
                head.code(),
                head.revision(),
                verdict,
                locked == null ? null : locked.toString(),
                moves.stream().map(Items::move).toList(),
                sentence,
                explanation.orElse(null));
    }

    private static ImpactAnswer.ImpactMove move(Move move) {
        SemVer from = move.from();
        SemVer to = move.to();
        return new ImpactAnswer.ImpactMove(
                kind(from, to), move.code(), from == null ? null : from.toString(), to == null ? null : to.toString());
    }

    private static VersionChange.Kind kind(@Nullable SemVer from, @Nullable SemVer to) {
        if (from == null) {
            return VersionChange.Kind.ADDED;
        }
        if (to == null) {
            return VersionChange.Kind.REMOVED;
        }
        return to.compareTo(from) > 0 ? VersionChange.Kind.UP : VersionChange.Kind.DOWN;
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

    private String upgradable(List<Move> moves) {
        String told = moves.stream().map(Items::told).collect(Collectors.joining(", "));
        return switch (question) {
            case Question.Taking taking ->
                "It can take %s: %s.%s"
                        .formatted(taking.version(), told, moves.size() == 1 ? " Nothing else moves." : "");
            case Question.Losing losing ->
                "It can do without %s: %s.%s"
                        .formatted(lost(losing), told, moves.size() == 1 ? " Nothing else moves." : "");
        };
    }

    private static String told(Move move) {
        return switch (kind(move.from(), move.to())) {
            case ADDED -> "%s %s comes in".formatted(move.code(), move.to());
            case REMOVED -> "%s %s goes".formatted(move.code(), move.from());
            case UP -> "%s goes up from %s to %s".formatted(move.code(), move.from(), move.to());
            case DOWN -> "%s goes down from %s to %s".formatted(move.code(), move.from(), move.to());
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
