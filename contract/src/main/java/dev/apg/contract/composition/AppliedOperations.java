package dev.apg.contract.composition;

import dev.apg.contract.capability.Warning;
import java.util.List;

/**
 * Operations of a draft, ascending.
 *
 * @param draftNumber the number of the draft's newest operation, which may be beyond those listed
 * @param warnings about operations that were just applied, such as a range that no version is in; empty where the history
 *     is read
 */
public record AppliedOperations(long draftNumber, List<AppliedOperation> operations, List<Warning> warnings) {
    public AppliedOperations {
        operations = List.copyOf(operations);
        warnings = List.copyOf(warnings);
    }
}
