package dev.apg.cli.command;

import dev.apg.contract.audit.AuditFault;
import java.util.Optional;

/** A link of the audit log's chain that somebody noted down. */
record NotedHead(long number, String hash) {
    /** What is wrong, if this is the hash that the chain has under the number now. */
    Optional<AuditFault> found(Optional<String> now) {
        if (now.isEmpty()) {
            return Optional.of(new AuditFault(
                    AuditFault.Kind.SEAL_MISSING,
                    number,
                    null,
                    "There is no seal %d, which was noted down: the end of the log was cut off.".formatted(number)));
        }
        return now.get().equals(hash)
                ? Optional.empty()
                : Optional.of(new AuditFault(
                        AuditFault.Kind.SEAL_CHANGED,
                        number,
                        null,
                        "Seal %d has the hash %s, and %s was noted down: the log was replaced."
                                .formatted(number, now.get(), hash)));
    }
}
