package dev.apg.contract.capability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import did, or would do.
 *
 * @param documents that were read
 * @param created versions that are new
 * @param unchanged versions that were there with the same content
 * @param changedStates versions that were put into another state, new ones among them
 * @param newCapabilities capabilities that are new, with a version or without
 * @param describedCapabilities those of the new ones that have a document of their own
 * @param changedCapabilities capabilities that were there and got another status or other describing fields
 * @param declaredServices services that are new and have a document of their own
 * @param dryRun whether nothing was written
 * @param cursor of the write, {@code epoch.seq}; absent after a dry run
 * @param warnings the first 1,000
 * @param warningCount of all
 */
public record ImportReport(
        long documents,
        long created,
        long unchanged,
        long changedStates,
        long newCapabilities,
        long describedCapabilities,
        long changedCapabilities,
        long declaredServices,
        boolean dryRun,
        @Nullable String cursor,
        List<Warning> warnings,
        long warningCount) {
    public ImportReport {
        warnings = List.copyOf(warnings);
    }
}
