package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds which ranges and pins of a request are in the way of newer versions. */
final class Goals {
    /** Releases on the way to one, the nearest first. */
    private static final int MOST_HALFWAY = 5;

    private final Universe universe;

    /** With everything freed. */
    private final Request request;

    private final PrereleaseRule rule;

    Goals(Universe universe, Request request) {
        this.universe = universe;
        this.request = request;
        this.rule = request.policy().rule();
    }

    /**
     * The same request with no upper end of any range that has one, and pins that only keep older versions out. An objective
     * that prefers older versions says nothing of what other ranges and pins can give.
     */
    Request open(Resolution.Solved updated) {
        Map<Root, Binding> bindings = bindings(updated);
        return floored(
                request.withPolicy(policy -> policy.withObjectives())
                        .withRoots(request.roots().stream()
                                .map(root -> open(root, bindings))
                                .toList()),
                request.pins().keySet());
    }

    /** Any version from the pinned one on, for these codes. */
    static Request floored(Request request, Set<String> codes) {
        Map<String, SemVer> pins = new HashMap<>(request.pins());
        List<Target> exclusions = new ArrayList<>(request.exclusions());
        for (String code : codes) {
            SemVer pin = pins.remove(code);
            if (pin != null) {
                exclusions.add(Target.capability(code, "<" + pin));
            }
        }
        return request.withPins(pins).withExclusions(exclusions);
    }

    private Root open(Root root, Map<Root, Binding> bindings) {
        Binding binding = bindings.get(root);
        boolean closed = !root.target().range().equals(VersionRange.any());
        return closed && binding != null
                ? FixRanges.number(universe, binding)
                        .map(number -> root.in(open(root.target(), VersionRange.parse(">=" + number))))
                        .orElse(root)
                : root;
    }

    /** A member does not go down for the sake of others; which version of a service is provided matters to nobody. */
    private static VersionRange open(Target target, VersionRange onwards) {
        return switch (target.kind()) {
            case CAPABILITY -> onwards;
            case SERVICE -> target.range().or(onwards).orElse(onwards);
        };
    }

    private static Map<Root, Binding> bindings(Resolution.Solved solved) {
        Map<Root, Binding> bindings = new HashMap<>();
        for (Binding binding : solved.bindings()) {
            if (binding.need() instanceof Link.Asked(Root root)) {
                bindings.put(root, binding);
            }
        }
        return bindings;
    }

    /** What has to be raised to get from one solution to the other, of the open request; the smallest risk first. */
    List<Goal> of(UpgradePlan.State updated, UpgradePlan.State open) {
        List<Goal> goals = new ArrayList<>();
        Map<Root, Binding> now = bindings(updated.solved());
        Map<Root, Binding> then = bindings(open.solved());
        Map<String, SemVer> pins = new HashMap<>(request.pins());
        for (int i : membersFirst()) {
            Root root = request.roots().get(i);
            Root opened = open.request().roots().get(i);
            Binding binding = then.get(opened);
            if (binding != null) {
                ExactVersion to = binding.provider();
                boolean pinned = isRaised(to.code(), pins.get(to.code()), open);
                Optional<Root> wanted = FixRanges.number(universe, binding)
                        .filter(number -> !admits(root, number))
                        .map(number ->
                                root.in(FixRanges.around(number, root.target().range())));
                if (wanted.isPresent()) {
                    var widening = new Goal.Widening(opened, wanted.get());
                    goals.add(new Goal(to.code(), from(now.get(root), to), to.number(), widening, pinned, false));
                    pins.remove(to.code());
                }
            }
        }
        pins.forEach((code, pin) -> {
            if (isRaised(code, pin, open)) {
                goals.add(new Goal(code, Optional.of(pin), open.version(code).orElseThrow(), null, true, false));
            }
        });
        List<Goal> all = new ArrayList<>(goals);
        Goal.Asked asked = new Goal.Asked(request);
        goals.forEach(goal -> all.addAll(halfway(goal, asked)));
        return all.stream().sorted(Goal.SAFEST_FIRST).toList();
    }

    /** Positions of the roots, in whatever order they stand: a pin is raised together with the root about its own capability. */
    private int[] membersFirst() {
        List<Root> roots = request.roots();
        return IntStream.range(0, roots.size())
                .boxed()
                .sorted(Comparator.comparing(
                                (Integer i) -> roots.get(i).target().kind())
                        .thenComparing(i -> roots.get(i).target(), Encoding.BY_CODE))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Optional<SemVer> from(@Nullable Binding now, ExactVersion to) {
        return now != null && now.provider().code().equals(to.code())
                ? Optional.of(now.provider().number())
                : Optional.empty();
    }

    private static boolean isRaised(String code, @Nullable SemVer pin, UpgradePlan.State open) {
        return pin != null
                && open.version(code)
                        .filter(number -> number.compareTo(pin) > 0)
                        .isPresent();
    }

    private boolean admits(Root root, SemVer number) {
        return root.target().range().admits(number, rule);
    }

    /** Before a major release, the newest one of the major number that is there now, and of some of those in between. */
    private List<Goal> halfway(Goal goal, Goal.Asked asked) {
        SemVer from = goal.from().orElse(goal.to());
        Optional<Root> root = asked.rootOf(goal);
        if (goal.risk() != Risk.MAJOR || goal.isOfService()) {
            return List.of();
        }
        List<Goal> halfway = new ArrayList<>();
        long last = -1;
        for (SemVer number : universe.numbers(goal.code()).reversed()) {
            if (number.compareTo(goal.to()) < 0
                    && number.compareTo(from) > 0
                    && number.major() != goal.to().major()
                    && number.major() != last
                    && isTaken(goal.code(), number)) {
                last = number.major();
                halfway.add(goal.halfway(
                        number, root.filter(each -> !admits(each, number)).isPresent()));
            }
        }
        return halfway.reversed().stream()
                .filter(smaller -> smaller.widening() != null || smaller.pinned())
                .limit(MOST_HALFWAY)
                .toList();
    }

    /**
     * How a marked version could be left by another range or pin of its own: for the newest release without a mark that is not
     * another major one, then for the newest of all.
     */
    List<Goal> leaving(ExactVersion marked, Request asked) {
        SemVer from = marked.number();
        List<SemVer> unmarked = universe.numbers(marked.code()).reversed().stream()
                .filter(number -> number.compareTo(from) > 0 && isUnmarked(marked.code(), number))
                .toList();
        return Stream.concat(
                        unmarked.stream()
                                .filter(number -> number.major() == from.major())
                                .limit(1),
                        unmarked.stream().limit(1))
                .distinct()
                .map(number -> leading(marked, number, asked))
                .filter(goal -> goal.widening() != null || goal.pinned())
                .toList();
    }

    private Goal leading(ExactVersion from, SemVer to, Request asked) {
        Optional<Root> narrow = asked.roots().stream()
                .filter(root -> root.target().kind() == Target.Kind.CAPABILITY
                        && root.target().code().equals(from.code())
                        && !admits(root, to))
                .findFirst();
        Goal.Widening widening = narrow.map(root -> new Goal.Widening(
                        root, root.in(FixRanges.around(to, root.target().range()))))
                .orElse(null);
        boolean pinned = asked.pins().containsKey(from.code());
        return new Goal(from.code(), Optional.of(from.number()), to, widening, pinned, true);
    }

    private boolean isUnmarked(String code, SemVer number) {
        return isTaken(code, number)
                && universe.version(new ExactVersion(code, number))
                        .filter(version -> version.marks().isEmpty())
                        .isPresent();
    }

    /** Those goals without which a solution of a request that is open for them would not be one of the request that there is. */
    List<Goal> needed(List<Goal> goals, UpgradePlan.State at, UpgradePlan.State found) {
        Map<Root, Binding> bindings = bindings(found.solved());
        return goals.stream()
                .filter(goal -> at.asked()
                                .rootOf(goal)
                                .filter(root -> !isMet(root, goal, bindings))
                                .isPresent()
                        || isUnpinned(goal, at.request(), found))
                .toList();
    }

    private boolean isMet(Root root, Goal goal, Map<Root, Binding> bindings) {
        Binding binding =
                goal.widening() == null ? null : bindings.get(goal.widening().open());
        return binding != null
                && FixRanges.number(universe, binding)
                        .filter(number -> admits(root, number))
                        .isPresent();
    }

    private static boolean isUnpinned(Goal goal, Request request, UpgradePlan.State found) {
        SemVer pin = goal.pinned() ? request.pins().get(goal.code()) : null;
        return pin != null
                && found.version(goal.code())
                        .filter(number -> !number.equals(pin))
                        .isPresent();
    }

    private boolean isTaken(String code, SemVer number) {
        return (request.policy().prereleases() || !number.isPrerelease())
                && universe.version(new ExactVersion(code, number))
                        .filter(version -> request.policy().accepted().containsAll(version.marks()))
                        .isPresent();
    }
}
