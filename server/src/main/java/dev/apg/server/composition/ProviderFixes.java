package dev.apg.server.composition;

import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Explanation.Fix;
import dev.apg.contract.composition.Resolution.Solved;
import dev.apg.contract.composition.ValidationReport.Finding;
import dev.apg.resolver.Binding;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Resolver;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target.Kind;
import dev.apg.server.composition.ChoiceChecks.Checked;
import dev.apg.server.composition.ChoiceChecks.Known;
import dev.apg.server.composition.bundle.BundleProblem;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds what would run where a requirement is met by something that does not. The choice rule does not ask what runs, so
 * that a lock depends on versions alone; whoever composes chooses by naming a provider.
 */
@Component
class ProviderFixes {
    private static final int MOST_FIXES = 3;

    /** Of one try: milliseconds of work. Fixes are a courtesy that a report must not wait for, so a harder try is given up. */
    private static final long MOST_STEPS = 100_000;

    /** Of all tries for one report together; what was found before they are used up is offered. */
    private static final long MOST_STEPS_OF_ALL = 500_000;

    /** Of all tries for one report: each resolves, and looks at what that chooses. */
    private static final int MOST_TRIES = 12;

    /** Whoever follows the first one should be done; the sorting is stable, so equals stay in the order of the choices. */
    private static final Comparator<Outcome> BEST_FIRST =
            Comparator.comparingInt(Outcome::newErrors).thenComparing(Outcome::marked);

    private final ChoiceChecks checks;
    private final HeavyWork heavyWork;

    ProviderFixes(ChoiceChecks checks, HeavyWork heavyWork) {
        this.checks = checks;
        this.heavyWork = heavyWork;
    }

    /** The draft that a report is made of, what it has found so far, and what is left of the work that fixes may cost. */
    record Report(DraftRow row, Resolved resolved, Checked checked, Known known, Effort effort) {}

    /** How much more may be tried for one report, whichever of its errors it is for; used by one thread at a time. */
    static final class Effort {
        private int tries = MOST_TRIES;
        private long steps = MOST_STEPS_OF_ALL;

        private boolean isSpent() {
            return tries < 1 || steps < 1;
        }

        private void spend(Resolution resolution) {
            tries--;
            steps -= resolution.steps();
        }
    }

    /**
     * At most three, each resolved and checked again: it binds the requirement to a version that runs and whose address can
     * be told. Those that bring no other error stand first; the sentence of one that does says so, and so does that of one
     * whose version is deprecated or the like. Fewer where the server is busy or the tries take too long, those for the
     * report's other errors counted in.
     */
    List<Fix> of(TenantContext context, Report report, String consumer, String requirement) {
        if (!(report.resolved().resolution() instanceof Resolution.Solved solved)) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>();
        try {
            List<Try> tries = heavyWork.run(context, () -> tries(report, solved, consumer, requirement));
            for (Try each : tries) {
                Checked after = checks.check(context, each.row(), each.solved(), report.known());
                if (mends(report.checked(), after, consumer, requirement)) {
                    outcomes.add(outcome(report.checked(), each, after));
                }
            }
        } catch (Rejection refused) {
            if (!refused.code().equals("server.busy")) {
                throw refused;
            }
        }
        return outcomes.stream()
                .sorted(BEST_FIRST)
                .limit(MOST_FIXES)
                .map(Outcome::fix)
                .toList();
    }

    /**
     * A provider that the draft could name, with the solution that this gives.
     *
     * @param row the draft after the operations
     */
    private record Try(
            String provider, String sentence, List<DraftOperation> operations, DraftRow row, Solved solved) {}

    private record Outcome(Fix fix, int newErrors, boolean marked) {}

    private static List<Try> tries(Report report, Resolution.Solved solved, String consumer, String requirement) {
        Resolved resolved = report.resolved();
        Effort effort = report.effort();
        Request request =
                resolved.request().withStepBudget(Math.min(resolved.request().stepBudget(), MOST_STEPS));
        Optional<Root> named =
                provider(solved, consumer, requirement).flatMap(provider -> member(request, provider.code()));
        List<Try> tries = new ArrayList<>();
        for (String code : ProviderChoices.of(resolved, solved).alternatives(consumer, requirement)) {
            List<Root> roots = new ArrayList<>(request.roots());
            List<DraftOperation> operations = new ArrayList<>();
            named.ifPresent(root -> {
                roots.remove(root);
                operations.add(new DraftOperation.RemoveMember(root.target().code()));
            });
            boolean present = member(request, code).isPresent();
            if (!present) {
                roots.add(Root.capability(code, "*"));
                operations.add(new DraftOperation.AddMember(code, null, null));
            }
            if (operations.isEmpty()) {
                continue;
            }
            if (effort.isSpent()) {
                break;
            }
            Resolution again = Resolver.resolve(resolved.snapshot().universe(), request.withRoots(roots));
            effort.spend(again);
            if (again instanceof Resolution.Solved found
                    && provider(found, consumer, requirement)
                            .filter(version -> version.code().equals(code))
                            .isPresent()
                    && resolved.supposing(resolved.policy(), request.withRoots(roots), again)
                                    .answer()
                            instanceof Solved told) {
                String sentence = "%s: %s runs, and meets the requirement %s of %s."
                        .formatted(change(code, named, present), code, requirement, consumer);
                changed(report.row(), operations)
                        .ifPresent(row -> tries.add(new Try(code, sentence, operations, row, told)));
            }
        }
        return tries;
    }

    /** Empty where the draft has no room for another member: nobody could follow that fix. */
    private static Optional<DraftRow> changed(DraftRow row, List<DraftOperation> operations) {
        Draft draft = row.draft();
        try {
            for (DraftOperation operation : operations) {
                draft = draft.apply(operation);
            }
        } catch (OperationRefusedException full) {
            return Optional.empty();
        }
        return Optional.of(new DraftRow(row.compositionId(), row.code(), draft, row.number(), row.head()));
    }

    /** Whether nothing is wrong any more with the requirement, nor with a variable that it did not fill before. */
    private static boolean mends(Checked before, Checked after, String consumer, String requirement) {
        Set<String> variables = problemsOf(before, consumer)
                .filter(problem -> requirement.equals(problem.unmet()))
                .map(problem -> variable(problem.field()))
                .collect(Collectors.toSet());
        return after.choice().isPresent()
                && problemsOf(after, consumer)
                        .noneMatch(problem ->
                                requirement.equals(problem.unmet()) || variables.contains(variable(problem.field())));
    }

    private static Stream<BundleProblem> problemsOf(Checked checked, String capability) {
        return checked.bundle().problems().stream()
                .filter(problem -> problem.capability().equals(capability));
    }

    /** {@code runtime.environment[1]} of {@code runtime.environment[1].provider.port}. */
    private static String variable(String field) {
        return field.replaceFirst("(?<=]).*", "");
    }

    private static Outcome outcome(Checked before, Try each, Checked after) {
        Set<About> known = before.errors().stream().map(About::of).collect(Collectors.toSet());
        List<Finding> others = after.errors().stream()
                .filter(error -> !known.contains(About.of(error)))
                .toList();
        List<String> marks = each.solved().entries().stream()
                .filter(entry -> entry.capability().equals(each.provider()))
                .flatMap(entry -> Findings.marks(entry).stream())
                .map(Finding::sentence)
                .toList();
        List<String> sentences = new ArrayList<>();
        sentences.add(each.sentence());
        sentences.addAll(marks);
        if (!others.isEmpty()) {
            String first = others.getFirst().sentence();
            sentences.add(
                    others.size() == 1
                            ? "This leads to another error: " + first
                            : "This leads to %d other errors, the first: %s".formatted(others.size(), first));
        }
        return new Outcome(new Fix(String.join(" ", sentences), each.operations()), others.size(), !marks.isEmpty());
    }

    /** What an error is about: two that differ in nothing but their sentences are the same one. */
    private record About(
            String code,
            @Nullable String capability,
            @Nullable String path) {
        static About of(Finding error) {
            return new About(error.code(), error.capability(), error.path());
        }
    }

    private static String change(String code, Optional<Root> named, boolean present) {
        return named.map(root -> present
                        ? "Leave out %s beside %s".formatted(root, code)
                        : "Ask for %s instead of %s".formatted(code, root))
                .orElse("Ask for " + code);
    }

    private static Optional<Root> member(Request request, String code) {
        return request.roots().stream()
                .filter(root -> root.target().kind() == Kind.CAPABILITY
                        && root.target().code().equals(code))
                .findFirst();
    }

    private static Optional<ExactVersion> provider(Resolution.Solved solved, String consumer, String requirement) {
        return solved.bindings().stream()
                .filter(binding -> ProviderChoices.isNeed(binding, consumer, requirement))
                .map(Binding::provider)
                .findFirst();
    }
}
