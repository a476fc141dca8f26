package dev.apg.contract.composition;

import java.util.List;

/**
 * Operations of a draft, ascending.
 *
 * @param draftNumber the number of the draft's newest operation, which may be beyond those listed
 */
public record AppliedOperations(long draftNumber, List<AppliedOperation> operations) {
    public AppliedOperations {
        operations = List.copyOf(operations);
    }
}
