package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.ValidationReport;
import dev.apg.server.capability.StoredVersion;
import dev.apg.server.composition.bundle.BundleInput;
import java.util.List;
import java.util.Optional;

/**
 * A draft that was resolved and looked at.
 *
 * @param choice what was chosen; empty if there is no solution
 */
record Validated(Resolved resolved, ValidationReport report, Optional<Choice> choice) {

    /**
     * A solution with all that a bundle is made of.
     *
     * @param versions of the lock's entries, in their order
     * @param entries the same as a bundle takes them
     * @param cycles the codes of each group that need each other
     */
    record Choice(
            LockDocument lock,
            List<StoredVersion> versions,
            List<BundleInput.Entry> entries,
            List<List<String>> cycles) {}
}
