package dev.apg.contract.composition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a draft, and what whoever runs it should know. While there is an error it cannot be frozen.
 *
 * @param valid whether there is no error
 * @param findings errors first; codes are listed in {@code docs/compositions.md}
 * @param explanation why the draft has no solution; absent if it has one
 */
public record ValidationReport(
        boolean valid, List<Finding> findings, @Nullable Explanation explanation) {
    public ValidationReport {
        findings = List.copyOf(findings);
    }

    /**
     * One thing found.
     *
     * @param code stable, dotted: {@code cycle}
     * @param capability the code that it is about, if it is about one
     * @param version the chosen version of it
     * @param path a dotted path: into the configuration or into the version's document
     * @param sentence for people
     */
    public record Finding(
            Severity severity,
            String code,
            @Nullable String capability,
            @Nullable String version,
            @Nullable String path,
            String sentence) {}
}
