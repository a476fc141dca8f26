package dev.apg.server.composition;

import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.Explanation.Fix;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.ValidationReport.Finding;
import dev.apg.server.composition.bundle.BundleProblem;
import dev.apg.server.tenancy.TenantContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Looks at what a draft resolves to: would it run, and what should be known about it. */
@Service
class ValidationService {
    /** Requirements of one report that fixes are looked for; each takes up to five small resolutions and checks of them. */
    private static final int MOST_MENDED = 3;

    private final DraftService drafts;
    private final ResolveService resolving;
    private final ChoiceChecks checks;
    private final ProviderFixes providerFixes;

    ValidationService(DraftService drafts, ResolveService resolving, ChoiceChecks checks, ProviderFixes providerFixes) {
        this.drafts = drafts;
        this.resolving = resolving;
        this.checks = checks;
        this.providerFixes = providerFixes;
    }

    /** Looks at a composition's draft, with fixes of what it finds. */
    Validated validate(TenantContext context, String code, ResolveOptions options) {
        return look(
                context,
                drafts.find(context, code),
                options,
                "",
                (report, unmet) -> providerFixes.of(context, report, unmet.consumer(), unmet.requirement()));
    }

    /**
     * Looks at a draft that was read before, without looking for fixes: whoever only has to know whether it is valid does
     * not pay for them.
     *
     * @param path of the options in the request, ending in a dot unless they are the request
     */
    Validated check(TenantContext context, DraftRow row, ResolveOptions options, String path) {
        return look(context, row, options, path, (report, unmet) -> List.of());
    }

    private Validated look(TenantContext context, DraftRow row, ResolveOptions options, String path, FixSearch search) {
        Resolved resolved = resolving.resolve(context, row, options, path);
        return switch (resolved.answer()) {
            case Resolution.Solved solved -> {
                var known = new ChoiceChecks.Known();
                ChoiceChecks.Checked checked = checks.check(context, row, solved, known);
                List<Finding> findings = new ArrayList<>(checked.findings());
                findings.addAll(problems(
                        new ProviderFixes.Report(row, resolved, checked, known, new ProviderFixes.Effort()), search));
                findings.addAll(Findings.notes(checked.bundle()));
                yield new Validated(resolved, Findings.report(findings, null), checked.choice());
            }
            case Resolution.Unsolvable(var explanation, long steps) -> unsolvable(resolved, explanation);
            case Resolution.Exhausted exhausted ->
                new Validated(
                        resolved,
                        Findings.report(List.of(Findings.exhausted(exhausted), Findings.notChecked()), null),
                        Optional.empty());
        };
    }

    private static Validated unsolvable(Resolved resolved, Explanation explanation) {
        var found = (dev.apg.resolver.Resolution.Unsolvable) resolved.resolution();
        Finding finding = Findings.unsolvable(found.explanation());
        return new Validated(
                resolved, Findings.report(List.of(finding, Findings.notChecked()), explanation), Optional.empty());
    }

    /** The same requirement may fill several variables; its fixes are looked for once. */
    private record Unmet(String consumer, String requirement) {}

    /** Finds what would mend an unmet requirement of a solution. */
    private interface FixSearch {
        List<Fix> fixes(ProviderFixes.Report report, Unmet unmet);
    }

    private static List<Finding> problems(ProviderFixes.Report report, FixSearch search) {
        Map<Unmet, List<Fix>> fixes = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (BundleProblem problem : report.checked().bundle().problems()) {
            String requirement = problem.unmet();
            if (requirement == null) {
                findings.add(Findings.of(problem, List.of()));
                continue;
            }
            var unmet = new Unmet(problem.capability(), requirement);
            if (!fixes.containsKey(unmet) && fixes.size() < MOST_MENDED) {
                fixes.put(unmet, search.fixes(report, unmet));
            }
            findings.add(Findings.of(problem, fixes.getOrDefault(unmet, List.of())));
        }
        return findings;
    }
}
