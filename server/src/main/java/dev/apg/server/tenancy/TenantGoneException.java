package dev.apg.server.tenancy;

/** The tenant was deleted and its time is over: it is being erased, and nothing is read or written for it any more. */
public final class TenantGoneException extends RuntimeException {
    public TenantGoneException() {
        // An answer, not an accident: no stack trace.
        super("The token's tenant was deleted, and its time is over.", null, false, false);
    }
}
