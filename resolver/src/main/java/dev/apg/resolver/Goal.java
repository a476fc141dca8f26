package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
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
    record Widening(Root open, Root wanted) {
        private boolean isAbout(Root root) {
            return root.target().kind() == wanted.target().kind()
                    && root.target().code().equals(wanted.target().code());
        }
    }

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

    /** What reaching these goals raises in a request; empty if nothing has to be. */
    static List<Raise> raises(List<Goal> goals, Request request) {
        List<Raise> raises = new ArrayList<>();
        for (Goal goal : goals) {
            Widening widening = goal.widening;
            if (widening != null) {
                goal.root(request)
                        .filter(root -> !root.equals(widening.wanted))
                        .map(root ->
                                new Raise.Range(root, widening.wanted.target().range()))
                        .ifPresent(raises::add);
            }
            SemVer pin = goal.pinned ? request.pins().get(goal.code) : null;
            if (pin != null && !pin.equals(goal.to)) {
                raises.add(new Raise.Pin(goal.code, pin, goal.to));
            }
        }
        return raises;
    }

    /** The root that the goal is about, as the request asks for it. */
    Optional<Root> root(Request request) {
        Widening about = widening;
        return about == null
                ? Optional.empty()
                : request.roots().stream().filter(about::isAbout).findFirst();
    }

    /** The request in which these goals are reached. */
    static Request raised(List<Goal> goals, Request request) {
        return apply(raises(goals, request), request);
    }

    static Request apply(List<Raise> raises, Request request) {
        List<Root> roots = new ArrayList<>(request.roots());
        Map<String, SemVer> pins = new HashMap<>(request.pins());
        for (Raise raise : raises) {
            switch (raise) {
                case Raise.Range(Root root, VersionRange range) ->
                    roots.replaceAll(each -> each.equals(root) ? root.in(range) : each);
                case Raise.Pin(String code, SemVer _, SemVer to) -> pins.put(code, to);
            }
        }
        return request.withRoots(roots).withPins(pins);
    }

    /** The request without an upper end where one of these goals is, of its range and of its pin. */
    static Request open(List<Goal> goals, Request request) {
        List<Root> roots = new ArrayList<>(request.roots());
        Set<String> pinned = new HashSet<>();
        for (Goal goal : goals) {
            Widening widening = goal.widening;
            if (widening != null) {
                roots.replaceAll(each -> widening.isAbout(each) ? widening.open : each);
            }
            if (goal.pinned) {
                pinned.add(goal.code);
            }
        }
        return Goals.floored(request.withRoots(roots), pinned);
    }
}
