package dev.apg.contract.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found when a part of the chain was made again from the entries.
 *
 * @param from the link that was gone on after; at the beginning of the chain the last one that was removed when its time was
 *     over, missing if none was
 * @param seals how many links were verified
 * @param entries how many entries they hold
 * @param faults what does not fit, at most 100
 * @param truncated whether there are more faults in this part
 * @param head number and hash of the last link that was verified; note it down: who shortens the log later cannot show it
 * @param nextAfter give it as {@code after} to go on; missing at the end of the chain
 * @param unsealed how many entries are not sealed yet
 */
public record AuditVerification(
        @Nullable AuditSeal from,
        long seals,
        long entries,
        List<AuditFault> faults,
        boolean truncated,
        @Nullable AuditSeal head,
        @Nullable Long nextAfter,
        long unsealed) {
    public AuditVerification {
        faults = List.copyOf(faults);
    }
}
