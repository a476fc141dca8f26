package dev.apg.server.idempotency;

/** What is known of a key when a request comes with it. */
sealed interface Claim {

    /** Nothing: the request is carried out, and has the key until it is answered. */
    record Granted() implements Claim {}

    /** The first request with the key is still being carried out. */
    record UnderWay() implements Claim {}

    /** The first request was carried out, but the node died, or lost the database, before its answer was kept. */
    record AnswerLost(String requestId) implements Claim {}

    /** The first request was answered. */
    record Answered(KeptAnswer answer) implements Claim {}
}
