package dev.apg.server.capability;

import dev.apg.contract.capability.ImportReport;
import dev.apg.server.capability.Planner.Accepted;
import dev.apg.server.capability.Planner.Decision;
import java.util.Optional;

/** What an import did, or would do. */
record ImportOutcome(
        Accepted accepted,
        long changedStates,
        long newCapabilities,
        long describedCapabilities,
        long changedCapabilities,
        long declaredServices) {
    static ImportOutcome of(Submission submission, Decision decision, Accepted accepted) {
        Plan plan = decision.plan();
        long otherwiseThanPublished = plan.versions.stream()
                .filter(version -> submission.standings().containsKey(version.key()))
                .count();
        return new ImportOutcome(
                accepted,
                plan.states.size() + otherwiseThanPublished,
                plan.newCapabilities.size(),
                plan.newCapabilities.keySet().stream()
                        .filter(submission.capabilities()::containsKey)
                        .count(),
                plan.changedCapabilities.size(),
                plan.newServices.stream()
                        .filter(service -> submission.services().containsKey(service.code()))
                        .count());
    }

    /** @param cursor of the write; empty: nothing was written */
    ImportReport report(ImportBatch batch, boolean dryRun, Optional<String> cursor) {
        long versions = batch.submission().versions().size();
        long created = accepted.created().stream()
                .filter(batch.submission().versions()::containsKey)
                .count();
        return new ImportReport(
                batch.documents(),
                created,
                versions - created,
                changedStates,
                newCapabilities,
                describedCapabilities,
                changedCapabilities,
                declaredServices,
                dryRun,
                cursor.orElse(null),
                accepted.warnings().first(),
                accepted.warnings().total());
    }
}
