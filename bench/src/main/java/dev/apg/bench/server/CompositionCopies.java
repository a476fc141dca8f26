package dev.apg.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Copies of all compositions that a server has, made in its embedded database: with their first revision, all but its bundle. */
final class CompositionCopies {
    private CompositionCopies() {}

    /**
     * What there is in all.
     *
     * @param entries of all locks together
     */
    record Made(int compositions, long entries) {}

    /** @param originals how many compositions there are */
    static Made make(Path directory, int copies, int originals) throws IOException {
        try (Connection database = DatabaseSettings.connect(directory);
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute("""
                    CREATE TEMPORARY TABLE copy AS
                    SELECT tenant_id, composition_id AS original, gen_random_uuid() AS composition_id,
                      code || '-' || round AS code
                    FROM composition CROSS JOIN generate_series(1, %d) AS round
                    ORDER BY round, code LIMIT %d
                    """.formatted(copies / originals + 1, copies));
            statement.execute("""
                    INSERT INTO composition (tenant_id, composition_id, code, display_name, description, type, owner, draft,
                      draft_number)
                    SELECT c.tenant_id, copy.composition_id, copy.code, c.display_name, c.description, c.type, c.owner,
                      c.draft, c.draft_number
                    FROM copy JOIN composition AS c ON c.tenant_id = copy.tenant_id AND c.composition_id = copy.original
                    """);
            statement.execute("""
                    INSERT INTO revision (tenant_id, composition_id, number, message, draft, draft_number, lock,
                      lock_digest, report, bundle, bundle_digest, frozen_at, frozen_by, request)
                    SELECT r.tenant_id, copy.composition_id, r.number, r.message, r.draft, r.draft_number, r.lock,
                      r.lock_digest, r.report, '', r.bundle_digest, r.frozen_at, r.frozen_by, r.request
                    FROM copy JOIN revision AS r ON r.tenant_id = copy.tenant_id AND r.composition_id = copy.original
                    """);
            statement.execute("""
                    INSERT INTO revision_entry (tenant_id, composition_id, number, version_id)
                    SELECT e.tenant_id, copy.composition_id, e.number, e.version_id
                    FROM copy
                    JOIN revision_entry AS e ON e.tenant_id = copy.tenant_id AND e.composition_id = copy.original
                    """);
            statement.execute("""
                    UPDATE composition SET head = 1 FROM copy
                    WHERE composition.tenant_id = copy.tenant_id AND composition.composition_id = copy.composition_id
                    """);
            database.commit();
            database.setAutoCommit(true);
            // As autovacuum would within a minute.
            statement.execute("ANALYZE composition, revision, revision_entry");
            return made(statement);
        } catch (SQLException failed) {
            throw new IOException("the compositions could not be copied: " + failed.getMessage(), failed);
        }
    }

    private static Made made(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT count(DISTINCT composition_id), count(*) FROM revision_entry")) {
            row.next();
            return new Made(row.getInt(1), row.getLong(2));
        }
    }
}
