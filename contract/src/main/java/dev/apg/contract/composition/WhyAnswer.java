package dev.apg.contract.composition;

import dev.apg.contract.composition.LockDocument.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a capability is there, and why not in another version.
 *
 * @param capability its code, or that of the service, of which only {@code sentence} tells
 * @param chosen the version that it has; absent if it is not there, or if the draft has no solution
 * @param reason the chain of needs that brings it in; empty if it is not there
 * @param sentence the same for people
 * @param asked the other version that the answer is about; absent if the chosen one is the newest and no other was named
 * @param verdict of the other version; absent with it, unless the step budget ran out before anything was chosen
 * @param explanation why it cannot be chosen
 * @param changes what would be different with it, if it can be
 */
public record WhyAnswer(
        String capability,
        @Nullable String chosen,
        List<Reason> reason,
        String sentence,
        @Nullable String asked,
        @Nullable Verdict verdict,
        @Nullable Explanation explanation,
        @Nullable List<VersionChange> changes) {
    public WhyAnswer {
        reason = List.copyOf(reason);
        changes = changes == null ? null : List.copyOf(changes);
    }
}
