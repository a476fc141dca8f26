package dev.apg.server.composition;

import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.Severity;
import dev.apg.contract.composition.ValidationReport.Finding;
import dev.apg.resolver.engine.Interruption;
import dev.apg.server.capability.StoredVersion;
import dev.apg.server.capability.VersionDocuments;
import dev.apg.server.capability.VersionKey;
import dev.apg.server.composition.bundle.BundleInput;
import dev.apg.server.composition.bundle.BundleRenderer;
import dev.apg.server.composition.bundle.BundleReport;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.HeavyWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Looks at the versions that a solution chose: do they fit their configuration, and would they run. */
@Component
class ChoiceChecks {
    private final VersionDocuments documents;
    private final HeavyWork heavyWork;

    ChoiceChecks(VersionDocuments documents, HeavyWork heavyWork) {
        this.documents = documents;
        this.heavyWork = heavyWork;
    }

    /**
     * What a look at the chosen versions found.
     *
     * @param findings of the choice and of the versions themselves
     * @param bundle what was found of the bundle that they would give
     * @param choice empty if a chosen version was purged meanwhile
     */
    record Checked(List<Finding> findings, BundleReport bundle, Optional<Validated.Choice> choice) {

        /** All that would refuse a freeze. */
        List<Finding> errors() {
            return Stream.concat(
                            findings.stream().filter(finding -> finding.severity() == Severity.ERROR),
                            bundle.problems().stream().map(problem -> Findings.of(problem, List.of())))
                    .toList();
        }
    }

    /** What was read and found out for one report, so that it costs little to try changes of its draft. */
    static final class Known {
        private final Map<VersionKey, StoredVersion> versions = new ConcurrentHashMap<>();
        private final Map<Configured, List<Finding>> configurations = new ConcurrentHashMap<>();
    }

    private record Configured(VersionKey version, Map<String, Object> configuration) {}

    /** @param known of the same report; what is found out now is added */
    Checked check(TenantContext context, DraftRow row, Resolution.Solved solved, Known known) {
        read(context, solved, known);
        return heavyWork.run(context, () -> look(row, solved, known));
    }

    private static Checked look(DraftRow row, Resolution.Solved solved, Known known) {
        List<Finding> findings = new ArrayList<>(Findings.of(row.draft(), solved));
        Map<String, VersionDocument> byCode = new HashMap<>();
        List<StoredVersion> versions = new ArrayList<>();
        List<BundleInput.Entry> entries = new ArrayList<>();
        for (Resolution.ResolvedEntry entry : solved.entries()) {
            Interruption.check();
            VersionKey key = key(entry);
            StoredVersion version = known.versions.get(key);
            Optional<VersionDocument> document = Optional.ofNullable(version).flatMap(StoredVersion::document);
            if (version == null || document.isEmpty()) {
                // Purged after the snapshot that was resolved on; the next answer will not choose it.
                findings.add(Findings.purged(entry));
                continue;
            }
            Map<String, Object> configuration = row.draft().configurationOf(entry.capability());
            findings.addAll(known.configurations.computeIfAbsent(
                    new Configured(key, configuration),
                    configured -> ConfigurationChecks.check(
                            entry.capability(), entry.version(), document.get().configurationSchema(), configuration)));
            byCode.put(entry.capability(), document.get());
            versions.add(version);
            entries.add(new BundleInput.Entry(document.get(), configuration));
        }
        LockDocument lock = Locks.of(row.code(), solved, row.draft().policy(), byCode);
        if (entries.size() < solved.entries().size()) {
            return new Checked(findings, new BundleReport(List.of(), List.of()), Optional.empty());
        }
        if (entries.stream().allMatch(entry -> entry.document().runtime() == null)) {
            findings.add(Findings.nothingToRun());
        }
        List<List<String>> cycles =
                solved.cycles().stream().map(Resolution.Cycle::members).toList();
        return new Checked(
                findings,
                BundleRenderer.check(lock, entries),
                Optional.of(new Validated.Choice(lock, versions, entries, cycles)));
    }

    private void read(TenantContext context, Resolution.Solved solved, Known known) {
        List<VersionKey> keys = solved.entries().stream()
                .map(ChoiceChecks::key)
                .filter(key -> !known.versions.containsKey(key))
                .toList();
        for (int from = 0; from < keys.size(); from += VersionDocuments.MAX_KEYS) {
            int to = Math.min(keys.size(), from + VersionDocuments.MAX_KEYS);
            known.versions.putAll(documents.findAll(context, keys.subList(from, to)));
        }
    }

    private static VersionKey key(Resolution.ResolvedEntry entry) {
        return new VersionKey(entry.capability(), entry.version());
    }
}
