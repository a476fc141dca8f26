package dev.apg.server.web;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Says which failures are the database's, and what is the matter with it. */
final class DatabaseFailures {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** SQLSTATE of a foreign key and of a unique constraint. */
    private static final Set<String> RACES = Set.of("23503", "23505");

    private DatabaseFailures() {}

    /** 503, or 409 if other requests were faster time and again; empty if the database is not to blame. */
    static Optional<Problem> problem(Throwable failure) {
        Optional<Problem> known = Optional.ofNullable(state(failure)).flatMap(DatabaseFailures::known);
        return known.isPresent() ? known : Optional.ofNullable(byKind(failure));
    }

    /** Whether a foreign key or a unique constraint refused what was written. */
    static boolean isRace(Throwable failure) {
        return RACES.contains(String.valueOf(state(failure)));
    }

    /** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
    private static Optional<Problem> known(String state) {
        return Optional.ofNullable(
                switch (state) {
                    case "53100" -> unavailable("database.disk_full", "The database's disk is full.");
                    case "53200" -> unavailable("database.out_of_memory", "The database is out of memory.");
                    case "53300" ->
                        unavailable("database.too_many_connections", "The database takes no more connections.");
                    case "57014" ->
                        unavailable(
                                "database.too_slow",
                                "The database took too long and broke the work off; the request may be repeated.");
                    case "57P01", "57P02", "57P03" ->
                        unavailable(
                                "database.unavailable",
                                "The database is starting or shutting down; the request may be repeated.");
                    case "25006" ->
                        unavailable("database.read_only", "The database is read-only: this is not its primary server.");
                    // Classes: connection, resources, operator intervention, system.
                    default -> state.matches("(08|53|57|58).*") ? unanswered() : null;
                });
    }

    private static @Nullable Problem byKind(Throwable failure) {
        return switch (failure) {
            case PessimisticLockingFailureException ignored ->
                Problem.of(
                        409,
                        "state.contended",
                        "Other requests changed the same things time and again while this one was carried out; repeat it.");
            case CannotCreateTransactionException ignored -> unanswered();
            case DataAccessResourceFailureException ignored -> unanswered();
            case TransactionSystemException ignored -> unanswered();
            case QueryTimeoutException ignored -> unanswered();
            case RecoverableDataAccessException ignored -> unanswered();
            case TransientDataAccessException ignored -> unanswered();
            default -> null;
        };
    }

    private static Problem unanswered() {
        return unavailable("database.unavailable", "The database does not answer; the request may be repeated.");
    }

    private static Problem unavailable(String code, String detail) {
        return Problem.of(Rejection.unavailable(code, detail, RETRY_AFTER));
    }

    /** The innermost one: a pool wraps what the driver said. */
    private static @Nullable String state(Throwable failure) {
        String state = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
        }
        return state;
    }
}
