package dev.apg.contract.capability;

import dev.apg.contract.ProblemDocument;
import org.jspecify.annotations.Nullable;

/**
 * A line of an import's answer when it is sent as {@code application/x-ndjson}: some with {@code phase}, then one with
 * {@code report} or {@code problem}.
 *
 * @param phase {@code reading} or {@code writing}
 * @param done documents read, or versions written
 * @param total if it is known
 */
public record ImportProgress(
        @Nullable String phase,
        @Nullable Long done,
        @Nullable Long total,
        @Nullable ImportReport report,
        @Nullable ProblemDocument problem) {

    public static ImportProgress reading(long done) {
        return new ImportProgress("reading", done, null, null, null);
    }

    public static ImportProgress writing(long done, long total) {
        return new ImportProgress("writing", done, total, null, null);
    }

    public static ImportProgress of(ImportReport report) {
        return new ImportProgress(null, null, null, report, null);
    }

    public static ImportProgress of(ProblemDocument problem) {
        return new ImportProgress(null, null, null, null, problem);
    }
}
