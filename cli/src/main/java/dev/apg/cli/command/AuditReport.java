package dev.apg.cli.command;

import dev.apg.contract.audit.AuditFault;
import dev.apg.contract.audit.AuditSeal;
import dev.apg.contract.audit.AuditVerification;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the verification of a whole chain found.
 *
 * @param removed the last link of what was removed when its time was over
 */
record AuditReport(
        long seals,
        long entries,
        List<AuditFault> faults,
        boolean truncated,
        @Nullable AuditSeal head,
        @Nullable AuditSeal removed,
        long unsealed) {
    static final AuditReport NOTHING = new AuditReport(0, 0, List.of(), false, null, null, 0);

    AuditReport {
        faults = List.copyOf(faults);
    }

    AuditReport and(AuditVerification part) {
        return new AuditReport(
                seals + part.seals(),
                entries + part.entries(),
                Stream.concat(faults.stream(), part.faults().stream()).toList(),
                truncated || part.truncated(),
                part.head() == null ? head : part.head(),
                seals == 0 ? part.from() : removed,
                part.unsealed());
    }

    AuditReport with(Optional<AuditFault> fault) {
        return new AuditReport(
                seals,
                entries,
                Stream.concat(faults.stream(), fault.stream()).toList(),
                truncated,
                head,
                removed,
                unsealed);
    }
}
