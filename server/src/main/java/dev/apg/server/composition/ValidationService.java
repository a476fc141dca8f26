package dev.apg.server.composition;

import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.Explanation.Fix;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.ValidationReport.Finding;
import dev.apg.server.capability.StoredVersion;
import dev.apg.server.capability.VersionDocuments;
import dev.apg.server.capability.VersionKey;
import dev.apg.server.composition.bundle.BundleInput;
import dev.apg.server.composition.bundle.BundleProblem;
import dev.apg.server.composition.bundle.BundleRenderer;
import dev.apg.server.composition.bundle.BundleReport;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.HeavyWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Looks at what a draft resolves to: would it run, and what should be known about it. */
@Service
class ValidationService {
    /** Requirements of one report that fixes are looked for; each takes up to five small resolutions. */
    private static final int MOST_MENDED = 3;

    private final DraftService drafts;
    private final ResolveService resolving;
    private final VersionDocuments documents;
    private final ProviderFixes providerFixes;
    private final HeavyWork heavyWork;

    ValidationService(
            DraftService drafts,
            ResolveService resolving,
            VersionDocuments documents,
            ProviderFixes providerFixes,
            HeavyWork heavyWork) {
        this.drafts = drafts;
        this.resolving = resolving;
        this.documents = documents;
        this.providerFixes = providerFixes;
        this.heavyWork = heavyWork;
    }

    /** Looks at a composition's draft, with fixes of what it finds. */
    Validated validate(TenantContext context, String code, ResolveOptions options) {
        return look(
                context,
                drafts.find(context, code),
                options,
                "",
                (resolved, unmet) -> providerFixes.of(context, resolved, unmet.consumer(), unmet.requirement()));
    }

    /**
     * Looks at a draft that was read before, without looking for fixes: whoever only has to know whether it is valid does
     * not pay for them.
     *
     * @param path of the options in the request, ending in a dot unless they are the request
     */
    Validated check(TenantContext context, DraftRow row, ResolveOptions options, String path) {
        return look(context, row, options, path, (resolved, unmet) -> List.of());
    }

    private Validated look(TenantContext context, DraftRow row, ResolveOptions options, String path, Mending mending) {
        Resolved resolved = resolving.resolve(context, row, options, path);
        return switch (resolved.answer()) {
            case Resolution.Solved solved -> {
                Map<VersionKey, StoredVersion> stored = read(context, solved);
                Looked looked = heavyWork.run(context, () -> look(row, solved, stored));
                List<Finding> findings = new ArrayList<>(looked.findings());
                findings.addAll(problems(resolved, looked.bundle(), mending));
                findings.addAll(Findings.notes(looked.bundle()));
                yield new Validated(resolved, Findings.report(findings, null), looked.choice());
            }
            case Resolution.Unsolvable(var explanation, long steps) ->
                new Validated(
                        resolved,
                        Findings.report(List.of(Findings.unsolvable(explanation), Findings.notChecked()), explanation),
                        Optional.empty());
            case Resolution.Exhausted exhausted ->
                new Validated(
                        resolved,
                        Findings.report(List.of(Findings.exhausted(exhausted), Findings.notChecked()), null),
                        Optional.empty());
        };
    }

    /** What a look at the chosen versions found: of themselves, and of the bundle that they would give. */
    private record Looked(List<Finding> findings, BundleReport bundle, Optional<Validated.Choice> choice) {}

    private static Looked look(DraftRow row, Resolution.Solved solved, Map<VersionKey, StoredVersion> stored) {
        List<Finding> findings = new ArrayList<>(Findings.of(row.draft(), solved));
        Map<String, VersionDocument> byCode = new HashMap<>();
        List<StoredVersion> versions = new ArrayList<>();
        List<BundleInput.Entry> entries = new ArrayList<>();
        for (Resolution.ResolvedEntry entry : solved.entries()) {
            StoredVersion version = stored.get(new VersionKey(entry.capability(), entry.version()));
            Optional<VersionDocument> document = Optional.ofNullable(version).flatMap(StoredVersion::document);
            if (version == null || document.isEmpty()) {
                // Purged after the snapshot that was resolved on; the next answer will not choose it.
                findings.add(Findings.purged(entry));
                continue;
            }
            Map<String, Object> configuration = row.draft().configurationOf(entry.capability());
            findings.addAll(ConfigurationChecks.check(
                    entry.capability(), entry.version(), document.get().configurationSchema(), configuration));
            byCode.put(entry.capability(), document.get());
            versions.add(version);
            entries.add(new BundleInput.Entry(document.get(), configuration));
        }
        LockDocument lock = Locks.of(row.code(), solved, row.draft().policy(), byCode);
        if (entries.size() < solved.entries().size()) {
            return new Looked(findings, new BundleReport(List.of(), List.of()), Optional.empty());
        }
        if (entries.stream().allMatch(entry -> entry.document().runtime() == null)) {
            findings.add(Findings.nothingToRun());
        }
        List<List<String>> cycles =
                solved.cycles().stream().map(Resolution.Cycle::members).toList();
        return new Looked(
                findings,
                BundleRenderer.check(lock, entries),
                Optional.of(new Validated.Choice(lock, versions, entries, cycles)));
    }

    /** The same requirement may fill several variables; its fixes are looked for once. */
    private record Unmet(String consumer, String requirement) {}

    /** Finds what would mend an unmet requirement of a solution. */
    private interface Mending {
        List<Fix> fixes(Resolved resolved, Unmet unmet);
    }

    private static List<Finding> problems(Resolved resolved, BundleReport bundle, Mending mending) {
        Map<Unmet, List<Fix>> fixes = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (BundleProblem problem : bundle.problems()) {
            String requirement = problem.unmet();
            if (requirement == null) {
                findings.add(Findings.of(problem, List.of()));
                continue;
            }
            var unmet = new Unmet(problem.capability(), requirement);
            if (!fixes.containsKey(unmet) && fixes.size() < MOST_MENDED) {
                fixes.put(unmet, mending.fixes(resolved, unmet));
            }
            findings.add(Findings.of(problem, fixes.getOrDefault(unmet, List.of())));
        }
        return findings;
    }

    private Map<VersionKey, StoredVersion> read(TenantContext context, Resolution.Solved solved) {
        List<VersionKey> keys = solved.entries().stream()
                .map(entry -> new VersionKey(entry.capability(), entry.version()))
                .toList();
        Map<VersionKey, StoredVersion> found = new HashMap<>();
        for (int from = 0; from < keys.size(); from += VersionDocuments.MAX_KEYS) {
            int to = Math.min(keys.size(), from + VersionDocuments.MAX_KEYS);
            found.putAll(documents.findAll(context, keys.subList(from, to)));
        }
        return found;
    }
}
