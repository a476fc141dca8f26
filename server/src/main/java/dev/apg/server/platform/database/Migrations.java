package dev.apg.server.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.FastCheckService;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationFailedException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema's changes. They run as the owner of the tables, under a lock of the database, so that nodes that start
 * together migrate once.
 */
public final class Migrations {
    // Any number does, as long as every node uses the same one.
    static final long LOCK = 0x4150475f6d696772L;

    /** PostgreSQL's code for the want of a privilege. */
    private static final String FORBIDDEN = "42501";

    /** Between two attempts to get the lock. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private final DataSource owner;
    private final String applicationUser;

    /**
     * @param owner connects as the role that owns the tables and may create roles
     * @param applicationUser the login role of the server, which is granted the narrow roles
     */
    public Migrations(DataSource owner, String applicationUser) {
        this.owner = owner;
        this.applicationUser = applicationUser;
    }

    /** Whether the database has a change, and whether this program knows it. */
    public enum State {
        APPLIED,
        PENDING,
        /** The database has it from a newer program. */
        UNKNOWN
    }

    /** One change of the schema. */
    public record Change(String name, State state) {}

    /**
     * Applies what the database lacks; returns the names. Always looks at the changes themselves, because it is asked for
     * where somebody has just written one.
     *
     * @throws MigrationException also if the database is too old or could not hold every text
     */
    public List<String> up() {
        requireUsable();
        return locked(this::update);
    }

    /** The same at a start, where nearly always nothing is lacking; warns if the schema is ahead of this program. */
    void upAndWarnIfAhead() {
        if (!isCurrent()) {
            List<String> unknown = locked(liquibase -> {
                update(liquibase);
                return in(State.UNKNOWN, changes(liquibase));
            });
            if (!unknown.isEmpty()) {
                LOG.warn("{}; it may not work with this one.", ahead(unknown));
            }
        }
    }

    private List<String> update(Liquibase liquibase) throws LiquibaseException {
        List<String> pending = pending(liquibase);
        // Liquibase remembers that it once found nothing to do, although changes may have been taken back since.
        Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
        liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
        liquibase.update(new Contexts(), new LabelExpression());
        grantRoles();
        return pending;
    }

    /** What the server's login role may act as. */
    private static final List<String> ROLES =
            List.of("apg_application", "apg_feed", "apg_platform", "apg_eraser", "apg_retention");

    /**
     * Not a change of the schema, because the server's login role may be another one tomorrow. A server looks at a start
     * whether the schema is that of its program, so it may read which changes there are.
     */
    private void grantRoles() {
        try (Connection connection = owner.getConnection();
                var grant = connection.createStatement()) {
            // Since PostgreSQL 16 a member may be kept from acting as the role, and a grant that does not say so leaves
            // that.
            String acting = connection.getMetaData().getDatabaseMajorVersion() >= 16 ? " WITH SET TRUE" : "";
            grant.execute("GRANT SELECT ON databasechangelog TO apg_application");
            grant.execute("GRANT " + String.join(", ", ROLES) + " TO " + grant.enquoteIdentifier(applicationUser, true)
                    + acting);
        } catch (SQLException e) {
            throw new MigrationException(
                    "The roles of the server could not be granted to %s: %s".formatted(applicationUser, e.getMessage()),
                    e);
        }
    }

    /**
     * Takes back the newest {@code count} changes; returns the names, newest first.
     *
     * @throws MigrationException also if the database has a change that only a newer program can take back
     */
    public List<String> down(int count) {
        return locked(liquibase -> {
            List<Change> changes = changes(liquibase);
            List<String> unknown = in(State.UNKNOWN, changes);
            if (!unknown.isEmpty()) {
                throw new MigrationException(ahead(unknown) + ": take them back with that one.");
            }
            List<String> applied = in(State.APPLIED, changes);
            List<String> last = applied.subList(Math.max(0, applied.size() - count), applied.size())
                    .reversed();
            liquibase.rollback(last.size(), "");
            return last;
        });
    }

    /** All changes in order, first those that this program knows. */
    public List<Change> status() {
        try (Connection connection = owner.getConnection()) {
            if (!mayMigrate(connection)) {
                return KnownChanges.comparedWith(connection);
            }
        } catch (SQLException e) {
            throw new MigrationException(
                    FORBIDDEN.equals(e.getSQLState())
                            ? sentence(e)
                            : "The database cannot be reached for migrating: " + e.getMessage(),
                    e);
        }
        return locked(Migrations::changes);
    }

    /** Whether this is not a login that may only read what the owner has made. */
    private static boolean mayMigrate(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT to_regclass('databasechangeloglock') IS NULL
                               OR has_table_privilege('databasechangeloglock', 'UPDATE')
                        """)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * @throws MigrationException if the schema is behind the program or ahead of it, or the database is too old or could not
     *     hold every text
     */
    public void requireCurrent() {
        if (isCurrent()) {
            return;
        }
        List<Change> changes = status();
        int behind = in(State.PENDING, changes).size();
        if (behind > 0) {
            throw new MigrationException(
                    "The schema is %d change(s) behind this program: run `apg migrate up` first.".formatted(behind));
        }
        List<String> unknown = in(State.UNKNOWN, changes);
        if (!unknown.isEmpty()) {
            throw new MigrationException(ahead(unknown) + ": run that one, or take them back with it first.");
        }
    }

    private static List<String> in(State state, List<Change> changes) {
        return changes.stream()
                .filter(change -> change.state() == state)
                .map(Change::name)
                .toList();
    }

    private static String ahead(List<String> unknown) {
        return "The schema has %d change(s) of a newer program (%s)"
                .formatted(unknown.size(), String.join(", ", unknown));
    }

    /**
     * Whether the schema is known to be that of this program, and the server's login role to have its roles. If so there is
     * nothing to do, and no need to keep other nodes waiting for the lock.
     *
     * @throws MigrationException if the database is too old or could not hold every text
     */
    private boolean isCurrent() {
        try (Connection connection = owner.getConnection()) {
            DatabaseRequirements.check(connection);
            return hasItsRoles(connection) && KnownChanges.areExactlyThoseOf(connection);
        } catch (SQLException e) {
            throw new MigrationException("The database cannot be reached for migrating: " + e.getMessage(), e);
        }
    }

    /**
     * Whether the server's login role may act as its narrow roles. To be a member is not enough since PostgreSQL 16: who
     * creates a role is one, and may at first only let others be members.
     */
    private boolean hasItsRoles(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT count(*) FROM pg_roles login, pg_roles narrow
                WHERE login.rolname = ? AND narrow.rolname = ANY (?)
                  AND pg_has_role(login.oid, narrow.oid,
                                  CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
                """)) {
            statement.setString(1, applicationUser);
            statement.setArray(2, connection.createArrayOf("text", ROLES.toArray()));
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == ROLES.size();
            }
        }
    }

    private void requireUsable() {
        try (Connection connection = owner.getConnection()) {
            DatabaseRequirements.check(connection);
        } catch (SQLException e) {
            throw new MigrationException("The database cannot be reached for migrating: " + e.getMessage(), e);
        }
    }

    private static List<Change> changes(Liquibase liquibase) throws LiquibaseException {
        List<String> pending = pending(liquibase);
        var changes = new ArrayList<Change>();
        liquibase
                .getDatabaseChangeLog()
                .getChangeSets()
                .forEach(change -> changes.add(
                        new Change(change.getId(), pending.contains(change.getId()) ? State.PENDING : State.APPLIED)));
        liquibase
                .listUnexpectedChangeSets(new Contexts(), new LabelExpression())
                .forEach(change -> changes.add(new Change(change.getId(), State.UNKNOWN)));
        return List.copyOf(changes);
    }

    private static List<String> pending(Liquibase liquibase) throws LiquibaseException {
        return liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).stream()
                .map(ChangeSet::getId)
                .toList();
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Liquibase liquibase) throws LiquibaseException;
    }

    private <T> T locked(Work<T> work) {
        try (Connection locking = owner.getConnection();
                Connection connection = owner.getConnection()) {
            waitForLock(locking);
            return Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), () -> {
                var database =
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
                var liquibase = new Liquibase("db/changelog.yaml", new ClassLoaderResourceAccessor(), database);
                // Ours is the lock that counts and ends with its connection; Liquibase's own outlives a killed process.
                liquibase.forceReleaseLocks();
                return work.with(liquibase);
            });
        } catch (SQLException e) {
            throw new MigrationException("The database cannot be reached for migrating: " + e.getMessage(), e);
        } catch (MigrationException refused) {
            throw refused;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException("Migrating was interrupted.", e);
        } catch (Exception e) {
            throw new MigrationException(sentence(e), e);
        }
    }

    /**
     * Asks again and again: a statement that waits in the database counts as one under way, and an index that is made without
     * keeping writers waiting waits for all of these, and so for whoever waits for its own migration.
     */
    private static void waitForLock(Connection connection) throws SQLException, InterruptedException {
        try (var lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            lock.setLong(1, LOCK);
            while (!isTaken(lock)) {
                Thread.sleep(PAUSE);
            }
        }
    }

    private static boolean isTaken(PreparedStatement lock) throws SQLException {
        try (var row = lock.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    static String otherChanges(String names) {
        return "The schema was not made by the changes that this program has (%s differs): run the program that made it, or give this one a database of its own."
                .formatted(names);
    }

    /** Liquibase's own words are long, and say what it found rather than what to do. */
    private static String sentence(Exception failure) {
        @Nullable SQLException refused = null;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ValidationFailedException validation
                    && !validation.getInvalidMD5Sums().isEmpty()) {
                return otherChanges(validation.getInvalidMD5Sums().stream()
                        .map(line -> line.split("::")[1])
                        .collect(Collectors.joining(", ")));
            }
            if (cause instanceof SQLException sql) {
                refused = sql;
            }
        }
        String said = String.valueOf((refused == null ? failure : refused).getMessage())
                .lines()
                .findFirst()
                .orElse("");
        return refused != null && FORBIDDEN.equals(refused.getSQLState())
                ? "This login may not do that in the database: %s (expected: DATABASE_MIGRATION_URL with the login that owns the tables, for `apg migrate up`; it grants the server's login what it needs)"
                        .formatted(said)
                : "Migrating failed, and nothing of the change that failed was kept: " + said;
    }
}
