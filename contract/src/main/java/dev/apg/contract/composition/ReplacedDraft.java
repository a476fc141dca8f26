package dev.apg.contract.composition;

import dev.apg.contract.capability.Warning;
import java.util.List;

/**
 * A draft that was replaced as a whole.
 *
 * @param draftNumber of the newest operation
 * @param document the draft as it is now
 * @param warnings what was accepted and should be known, such as a range that no version is in yet
 * @param described describing fields of the composition that the document changed, which are no part of the draft
 */
public record ReplacedDraft(
        long draftNumber, DraftDocument document, List<Warning> warnings, List<DescribedField> described) {
    public ReplacedDraft {
        warnings = List.copyOf(warnings);
        described = List.copyOf(described);
    }
}
