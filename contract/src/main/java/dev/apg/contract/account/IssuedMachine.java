package dev.apg.contract.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token, client or pipeline that is good.
 *
 * @param role absent: of a pipeline, which has none
 */
public record IssuedMachine(
        MachineKind kind, UUID id, String label, @Nullable String role) {}
