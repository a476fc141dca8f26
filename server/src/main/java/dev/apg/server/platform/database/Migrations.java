package dev.apg.server.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.ChangeSet;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * The schema's changes. They run as the owner of the tables, under a lock of the database, so that nodes that start
 * together migrate once.
 */
public final class Migrations {
    // Any number does, as long as every node uses the same one.
    private static final long LOCK = 0x4150475f6d696772L;

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

    /**
     * One change of the schema.
     *
     * @param applied whether the database has it
     */
    public record Change(String name, boolean applied) {}

    /** Applies what the database lacks; returns the names. */
    public List<String> up() {
        return locked(liquibase -> {
            List<String> pending = pending(liquibase);
            liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
            liquibase.update(new Contexts(), new LabelExpression());
            grantRoles();
            return pending;
        });
    }

    /** Not a change of the schema, because the server's login role may be another one tomorrow. */
    private void grantRoles() {
        try (Connection connection = owner.getConnection();
                var grant = connection.createStatement()) {
            grant.execute("GRANT apg_application, apg_feed TO " + grant.enquoteIdentifier(applicationUser, true));
        } catch (SQLException e) {
            throw new MigrationException(
                    "The roles of the server could not be granted to %s: %s".formatted(applicationUser, e.getMessage()),
                    e);
        }
    }

    /** Takes back the newest {@code count} changes; returns the names, newest first. */
    public List<String> down(int count) {
        return locked(liquibase -> {
            List<String> applied = changes(liquibase).stream()
                    .filter(Change::applied)
                    .map(Change::name)
                    .toList();
            List<String> last = applied.subList(Math.max(0, applied.size() - count), applied.size())
                    .reversed();
            liquibase.rollback(last.size(), "");
            return last;
        });
    }

    /** All changes in order. */
    public List<Change> status() {
        return locked(Migrations::changes);
    }

    /**
     * @throws MigrationException if the schema is behind the program
     */
    public void requireCurrent() {
        long behind = status().stream().filter(change -> !change.applied()).count();
        if (behind > 0) {
            throw new MigrationException(
                    "The schema is %d change(s) behind this program: run `apg migrate up` first.".formatted(behind));
        }
    }

    private static List<Change> changes(Liquibase liquibase) throws LiquibaseException {
        List<String> pending = pending(liquibase);
        return liquibase.getDatabaseChangeLog().getChangeSets().stream()
                .map(change -> new Change(change.getId(), !pending.contains(change.getId())))
                .toList();
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
                Connection connection = owner.getConnection();
                var lock = locking.prepareStatement("SELECT pg_advisory_lock(?)")) {
            lock.setLong(1, LOCK);
            lock.execute();
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
        } catch (Exception e) {
            throw new MigrationException("Migrating failed: " + e.getMessage(), e);
        }
    }
}
