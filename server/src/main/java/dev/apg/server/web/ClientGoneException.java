package dev.apg.server.web;

/** Nobody waits for the answer any more: the client has closed its connection. */
public final class ClientGoneException extends RuntimeException {
    public ClientGoneException() {
        // Work is given up, which is no accident: no stack trace.
        super("the client has closed its connection", null, false, false);
    }
}
