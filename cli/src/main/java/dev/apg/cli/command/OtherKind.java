package dev.apg.cli.command;

import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.contract.composition.DraftOperation;
import java.util.Optional;

/**
 * Capabilities and services have codes that look alike, and a draft names the ones as members and asks for the others: who
 * takes one for the other meant the same operation on the other kind.
 *
 * @param operation that was meant
 * @param kind what its code is the code of
 */
record OtherKind(DraftOperation operation, String kind) {
    /**
     * The operation that was meant by one that was refused; empty if its code is of the right kind, or of none.
     *
     * @throws ProblemException if the server does not say whether there is such a code
     */
    static Optional<OtherKind> of(DraftOperation refused, ApgClient client) {
        return switch (refused) {
            case DraftOperation.AddMember(var code, var range, var configuration)
            when isOnlyService(code, client) -> Optional.of(service(new DraftOperation.RequireService(code, range)));
            case DraftOperation.SetRange(var code, var range)
            when isOnlyService(code, client) -> Optional.of(service(new DraftOperation.RequireService(code, range)));
            case DraftOperation.RemoveMember(var code)
            when isOnlyService(code, client) -> Optional.of(service(new DraftOperation.DropService(code)));
            case DraftOperation.RequireService(var code, var range)
            when isOnlyCapability(code, client) ->
                Optional.of(capability(new DraftOperation.AddMember(code, range, null)));
            case DraftOperation.DropService(var code)
            when isOnlyCapability(code, client) -> Optional.of(capability(new DraftOperation.RemoveMember(code)));
            case DraftOperation any -> Optional.empty();
        };
    }

    private static OtherKind service(DraftOperation operation) {
        return new OtherKind(operation, "service");
    }

    private static OtherKind capability(DraftOperation operation) {
        return new OtherKind(operation, "capability");
    }

    private static boolean isOnlyService(String code, ApgClient client) {
        return !isThere("capabilities", code, client) && isThere("services", code, client);
    }

    private static boolean isOnlyCapability(String code, ApgClient client) {
        return !isThere("services", code, client) && isThere("capabilities", code, client);
    }

    private static boolean isThere(String list, String code, ApgClient client) {
        try {
            client.get("/api/v1/%s/%s".formatted(list, ApgClient.segment(code)));
            return true;
        } catch (ProblemException refused) {
            if (refused.isNotFound()) {
                return false;
            }
            throw refused;
        }
    }
}
