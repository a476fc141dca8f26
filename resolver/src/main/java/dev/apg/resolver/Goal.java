package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A newer version that is to be let in, and what of the request has to be said otherwise for it.
 *
 * @param code of the capability that is to move
 * @param from absent if another capability is to meet the need
 * @param widening of the root that does not admit it; null if only a pin is in the way
 * @param pinned whether the capability's pin is raised
 * @param halfway whether this is a smaller move before a larger one, which nobody misses if it is not possible
 */
record Goal(
        String code,
        Optional<SemVer> from,
        SemVer to,
        @Nullable Widening widening,
        boolean pinned,
        boolean halfway) {

    /**
     * A root in other ranges.
     *
     * @param open from the version that it has now on
     * @param wanted around the version that it is to have
     */
    record Widening(Root open, Root wanted) {}

    /** The smallest risk first. */
    static final Comparator<Goal> SAFEST_FIRST =
            Comparator.comparing(Goal::risk).thenComparing(Goal::code).thenComparing(Goal::to);

    /** Another capability is as much of a risk as a major release. */
    Risk risk() {
        return from.map(number -> Risk.of(number, to)).orElse(Risk.MAJOR);
    }

    /**
     * The same in a smaller release.
     *
     * @param widened whether the root does not admit that one either
     */
    Goal halfway(SemVer number, boolean widened) {
        Widening smaller = widening == null || !widened
                ? null
                : new Widening(
                        widening.open,
                        widening.wanted.in(FixRanges.around(
                                number, widening.wanted.target().range())));
        return new Goal(code, from, number, smaller, pinned, true);
    }

    /** Whether another range of a service is to be asked for. */
    boolean isOfService() {
        return widening != null && widening.wanted.target().kind() == Target.Kind.SERVICE;
    }

    /** What is asked for, in whatever range. */
    private record Subject(Target.Kind kind, String code) {
        static Subject of(Root root) {
            return new Subject(root.target().kind(), root.target().code());
        }
    }

    /** A request whose roots are found by what they ask for: there may be as many goals as roots. */
    static final class Asked {
        private final Request request;
        private final Map<Subject, Root> roots = new HashMap<>();

        Asked(Request request) {
            this.request = request;
            request.roots().forEach(root -> roots.putIfAbsent(Subject.of(root), root));
        }

        /** The root that a goal is about, as the request asks for it. */
        Optional<Root> rootOf(Goal goal) {
            return goal.widening == null
                    ? Optional.empty()
                    : Optional.ofNullable(roots.get(Subject.of(goal.widening.wanted)));
        }
    }

    /** What reaching these goals raises in a request; empty if nothing has to be. */
    static List<Change.Setting> raises(List<Goal> goals, Asked asked) {
        List<Change.Setting> raises = new ArrayList<>();
        for (Goal goal : goals) {
            Widening widening = goal.widening;
            if (widening != null) {
                asked.rootOf(goal)
                        .filter(root -> !root.equals(widening.wanted))
                        .map(root -> new Change.SetRange(
                                root, widening.wanted.target().range()))
                        .ifPresent(raises::add);
            }
            SemVer pin = goal.pinned ? asked.request.pins().get(goal.code) : null;
            if (pin != null && !pin.equals(goal.to)) {
                raises.add(new Change.SetPin(goal.code, goal.to));
            }
        }
        return raises;
    }

    /** The request in which these goals are reached. */
    static Request raised(List<Goal> goals, Request request) {
        return Change.applyAll(raises(goals, new Asked(request)), request);
    }

    /** The request without an upper end where one of these goals is, of its range and of its pin. */
    static Request open(List<Goal> goals, Request request) {
        Map<Subject, Root> opened = new HashMap<>();
        Set<String> pinned = new HashSet<>();
        for (Goal goal : goals) {
            if (goal.widening != null) {
                opened.put(Subject.of(goal.widening.wanted), goal.widening.open);
            }
            if (goal.pinned) {
                pinned.add(goal.code);
            }
        }
        List<Root> roots = request.roots().stream()
                .map(root -> opened.getOrDefault(Subject.of(root), root))
                .toList();
        return Goals.floored(request.withRoots(roots), pinned);
    }
}
