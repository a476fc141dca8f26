package dev.apg.contract.composition;

import dev.apg.contract.composition.ValidationReport.Finding;
import java.time.Instant;
import java.util.List;

/**
 * A revision that was just frozen; the first fields mean what they mean in {@link RevisionSummary}.
 *
 * @param warnings of the validation, versions that are deprecated or the like first; the revision's report has all that
 *     was found
 * @param warningCount how many there are, of which {@code warnings} has at most fifty
 */
public record FrozenRevision(
        int number,
        String message,
        long draftNumber,
        String lockDigest,
        String bundleDigest,
        Instant frozenAt,
        String frozenBy,
        List<Finding> warnings,
        int warningCount) {
    private static final int MOST_WARNINGS = 50;

    public FrozenRevision {
        warnings = List.copyOf(warnings);
    }

    public static FrozenRevision of(RevisionSummary summary, ValidationReport report) {
        List<Finding> warnings = report.findings().stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .toList();
        return new FrozenRevision(
                summary.number(),
                summary.message(),
                summary.draftNumber(),
                summary.lockDigest(),
                summary.bundleDigest(),
                summary.frozenAt(),
                summary.frozenBy(),
                warnings.stream().limit(MOST_WARNINGS).toList(),
                warnings.size());
    }
}
