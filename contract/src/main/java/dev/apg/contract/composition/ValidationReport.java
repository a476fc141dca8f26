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
     * @param fixes up to three changes of the draft that mend it, each verified by resolving and validating again; those that
     *     lead to no other error first, the others say to which
     */
    public record Finding(
            Severity severity,
            String code,
            @Nullable String capability,
            @Nullable String version,
            @Nullable String path,
            String sentence,
            List<Explanation.Fix> fixes) {
        public Finding {
            fixes = fixes == null ? List.of() : List.copyOf(fixes);
        }

        /** A finding that no fix is known of. */
        public Finding(
                Severity severity,
                String code,
                @Nullable String capability,
                @Nullable String version,
                @Nullable String path,
                String sentence) {
            this(severity, code, capability, version, path, sentence, List.of());
        }
    }
}
