package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ExplanationPropertyTests {
    /** A capability with the number of a version behind it. */
    private static final Pattern NAMED = Pattern.compile("\\b[a-e] \\d+\\.\\d+\\.\\d+(?:-rc\\.\\d+)?");

    private static final Pattern REFERENCES = Pattern.compile(" \\((\\d+(?:\\.\\d+)*(?:, \\d+(?:\\.\\d+)*)*)\\)");

    private static Explanation explanationOf(RandomCase given) {
        Resolution resolution = Resolver.resolve(given.universe(), given.request());
        Assume.that(resolution instanceof Resolution.Unsolvable);
        return ((Resolution.Unsolvable) resolution).explanation();
    }

    @Property(seed = "1", tries = 500)
    void theCoreIsContradictoryAndEachOfItsFactsIsNeeded(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        List<Fact> core = explanationOf(given).core();
        CoreCheck check = new CoreCheck(given, core);
        Assume.that(check.isSmallEnough());
        assertThat(check.isContradictory(core)).isTrue();
        for (Fact fact : core) {
            assertThat(check.isContradictory(CoreCheck.without(core, fact)))
                    .describedAs("without %s", fact)
                    .isFalse();
        }
    }

    @Property(seed = "1", tries = 500)
    void theStepsNameEachFactOfTheCoreOnceAndBuildOnEarlierSteps(@ForAll long seed) {
        Explanation explanation = explanationOf(RandomCase.of(seed));
        List<Fact> said = explanation.steps().stream()
                .flatMap(step -> step.facts().stream())
                .toList();
        assertThat(said).containsExactlyInAnyOrderElementsOf(explanation.core());
        HashSet<String> earlier = new HashSet<>();
        for (Step step : explanation.steps()) {
            assertThat(earlier).containsAll(step.from());
            earlier.add(step.number());
        }
    }

    @Property(seed = "1", tries = 500)
    void everyFixMakesTheRequestSolvable(@ForAll long seed) {
        RandomCase random = RandomCase.of(seed);
        RandomCase given = random.with(random.request()
                .withRoots(random.request().roots().stream().distinct().toList()));
        for (Fix fix : explanationOf(given).fixes()) {
            RandomCase fixed = given.with(fix.applyTo(given.request()));
            assertThat(new TryEverything(fixed).valid)
                    .describedAs(fix.sentence())
                    .isNotEmpty();
            // A draft holds each member and each service once.
            assertThat(fix.changes().stream()
                            .filter(Change.ReplaceRoot.class::isInstance)
                            .map(change -> aim(((Change.ReplaceRoot) change).by())))
                    .describedAs(fix.sentence())
                    .allMatch(aim -> fixed.request().roots().stream()
                                    .filter(root -> aim(root).equals(aim))
                                    .count()
                            == 1);
        }
    }

    @Property(seed = "1", tries = 500)
    void whereOneChangeHelpsTheFirstFixIsTheSmallestSuchChange(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        List<Fix> fixes = explanationOf(given).fixes();
        OptionalInt smallest = singleChanges(given).stream()
                .filter(change -> isSolvable(given, List.of(change)))
                .mapToInt(change -> FixCandidates.size(change, given.request().policy()))
                .min();
        Assume.that(smallest.isPresent());
        // Another provider, a pre-release that is named, and several small changes are not looked for here.
        assertThat(fixes)
                .anyMatch(fix -> FixOrder.size(fix.changes(), given.request()) <= smallest.getAsInt())
                .noneMatch(fix -> fix.changes().size() == 1
                        && singleChanges(given).contains(opened(fix.changes().getFirst()))
                        && FixOrder.size(fix.changes(), given.request()) < smallest.getAsInt())
                .isSortedAccordingTo(FixOrder.smallestFirst(given.request()));
    }

    @Property(seed = "1", tries = 1000, maxDiscardRatio = 100)
    void noCombinationOfChangesIsSmallerThanTheFirstFix(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        // One change can make two roots the same, and another one then is of both.
        Assume.that(given.request().roots().stream()
                        .map(ExplanationPropertyTests::aim)
                        .distinct()
                        .count()
                == given.request().roots().size());
        List<Fix> fixes = explanationOf(given).fixes();
        Assume.that(!fixes.isEmpty());
        int smallest = FixOrder.size(fixes.getFirst().changes(), given.request());
        assertThat(smallerThan(smallest, given, List.of(), singleChanges(given)))
                .as("smaller than %s", fixes)
                .isEmpty();
    }

    /** A combination of changes that is below this size and makes the request solvable. */
    private static Optional<List<Change>> smallerThan(
            int size, RandomCase given, List<Change> made, List<Change> possible) {
        if (!made.isEmpty()) {
            Request changed = Change.applyAll(made, given.request());
            if (!changed.roots().isEmpty()
                    && Resolver.resolve(given.universe(), changed) instanceof Resolution.Solved) {
                return Optional.of(made);
            }
        }
        for (int i = 0; i < possible.size(); i++) {
            List<Change> more = new ArrayList<>(made);
            more.add(possible.get(i));
            if (FixOrder.size(more, given.request()) < size) {
                Optional<List<Change>> found = smallerThan(size, given, more, possible.subList(i + 1, possible.size()));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static String aim(Root root) {
        return root.target().kind() + " " + root.target().code();
    }

    private static Change opened(Change change) {
        if (!(change instanceof Change.SetRange(Root root, VersionRange range)) || range.namesPrereleases()) {
            return change;
        }
        VersionRange old = root.target().range();
        List<VersionRange> openings = FixRanges.openings(old);
        return new Change.SetRange(root, range.startsBefore(old) ? openings.getLast() : openings.getFirst());
    }

    /** What a sentence says of versions and of other sentences is so. */
    @Property(seed = "1", tries = 1000)
    void theProseNamesOnlyVersionsThatThereAreAndStepsThatItBuildsOn(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        Explanation explanation = explanationOf(given);
        Set<String> existing = given.versions().stream()
                .map(version -> version.code() + " " + version.number())
                .collect(Collectors.toSet());
        Set<String> ranges = new HashSet<>();
        given.request().roots().forEach(root -> ranges.add(root.toString()));
        given.request().exclusions().forEach(exclusion -> ranges.add(exclusion.toString()));
        given.versions().forEach(version -> {
            version.conflicts().forEach(target -> ranges.add(target.toString()));
            version.requirements()
                    .forEach(requirement -> requirement.anyOf().forEach(target -> ranges.add(target.toString())));
        });
        for (Step step : explanation.steps()) {
            assertThat(NAMED.matcher(step.sentence()).results().map(MatchResult::group))
                    .allMatch(named -> existing.contains(named) || ranges.contains(named));
            Set<String> referred = REFERENCES
                    .matcher(step.sentence())
                    .results()
                    .flatMap(found -> Arrays.stream(found.group(1).split(", ")))
                    .collect(Collectors.toSet());
            if (!step.sentence().startsWith(Narrator.LISTED)) {
                assertThat(referred).as(step.sentence()).isEqualTo(Set.copyOf(step.from()));
            }
        }
    }

    @Property(seed = "1", tries = 500, maxDiscardRatio = 100)
    void whereNoSingleChangeHelpsNoChangeOfAFixCanBeLeftOutAndTheSmallestFixIsFirst(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        List<Fix> fixes = explanationOf(given).fixes();
        Assume.that(singleChanges(given).stream().noneMatch(change -> isSolvable(given, List.of(change))));
        Assume.that(fixes.isEmpty() || !(fixes.getFirst().changes().getFirst() instanceof Change.ReplaceRoot));
        assertThat(fixes).isNotEmpty().doesNotHaveDuplicates();
        assertThat(fixes).isSortedAccordingTo(FixOrder.smallestFirst(given.request()));
        for (Fix fix : fixes) {
            for (Change spared : fix.changes()) {
                List<Change> others = fix.changes().stream()
                        .filter(each -> !each.equals(spared))
                        .toList();
                assertThat(isSolvable(given, others))
                        .describedAs("without %s", spared)
                        .isFalse();
            }
        }
    }

    @Property(seed = "1", tries = 500, maxDiscardRatio = 100)
    void nothingIsLeftOfWhatIsAskedForOnlyWhereNoChangeOfItKeepsARoot(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        List<Fix> emptying = explanationOf(given).fixes().stream()
                .filter(fix -> fix.applyTo(given.request()).roots().isEmpty())
                .toList();
        Assume.that(!emptying.isEmpty());
        assertThat(emptying)
                .singleElement()
                .satisfies(fix -> assertThat(fix.sentence()).endsWith(", which leaves nothing that is asked for."));
        assertThat(explanationOf(given).fixes()).hasSize(1);
        assertThat(singleChanges(given).stream().noneMatch(change -> isSolvable(given, List.of(change))))
                .isTrue();
        for (Root root : given.request().roots()) {
            List<Change> others = given.request().roots().stream()
                    .filter(each -> !each.equals(root))
                    .map(each -> (Change) new Change.DropRoot(each))
                    .toList();
            assertThat(isSolvable(given, others)).describedAs("only %s", root).isFalse();
        }
    }

    private static boolean isSolvable(RandomCase given, List<Change> changes) {
        Request changed = given.request();
        for (Change change : changes) {
            changed = change.applyTo(changed);
        }
        return !new TryEverything(given.with(changed)).valid.isEmpty();
    }

    /** Every change of one thing, whatever the core is. */
    private static List<Change> singleChanges(RandomCase given) {
        Request request = given.request();
        List<Change> changes = new ArrayList<>();
        for (Root root : request.roots()) {
            FixRanges.openings(root.target().range()).forEach(range -> changes.add(new Change.SetRange(root, range)));
            // A request for nothing is no answer to one for something.
            Change drop = new Change.DropRoot(root);
            if (!drop.applyTo(request).roots().isEmpty()) {
                changes.add(drop);
            }
        }
        request.pins().forEach((code, number) -> changes.add(new Change.DropPin(code, number)));
        request.exclusions().forEach(exclusion -> changes.add(new Change.DropExclusion(exclusion)));
        for (Mark mark : Mark.values()) {
            if (!request.policy().accepted().contains(mark)) {
                changes.add(new Change.AcceptMark(mark));
            }
        }
        if (!request.policy().prereleases()) {
            changes.add(new Change.AcceptPrereleases());
        }
        return changes;
    }
}
