package dev.apg.server.web.hostile;

import dev.apg.server.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Notes each row that is written in any table, with its transaction. A transaction that an accepted request wrote has an
 * audit entry, and so tells whose all the rows are that it changed; what is left over, nobody may have changed.
 */
final class ChangedRows {
    private static final String WATCH = """
            CREATE SCHEMA watch;
            CREATE TABLE watch.change (xid xid8, of_table text, operation text, fields text, request_id text);
            CREATE FUNCTION watch.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
              INSERT INTO watch.change VALUES (
                pg_current_xact_id(), TG_TABLE_NAME, TG_OP,
                CASE WHEN TG_OP = 'UPDATE' THEN
                  (SELECT string_agg(after.key, ', ' ORDER BY after.key)
                   FROM jsonb_each(to_jsonb(NEW)) AS after JOIN jsonb_each(to_jsonb(OLD)) AS before USING (key)
                   WHERE after.value IS DISTINCT FROM before.value) END,
                CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) ->> 'request_id' END);
              RETURN NULL;
            END $$;
            DO $$
            DECLARE name regclass;
            BEGIN
              FOR name IN SELECT c.oid FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
              LOOP
                EXECUTE format('CREATE TRIGGER watched AFTER INSERT OR UPDATE OR DELETE ON %s
                                FOR EACH ROW EXECUTE FUNCTION watch.note()', name);
              END LOOP;
            END $$;
            """;

    /**
     * What no accepted request is responsible for. The log has entries of refusals, is sealed by a job, and a token's last use is
     * noted; a key of a refused request is taken and given back. Whoever forgot a password gets a link, which changes no account,
     * and a login that begins at an identity provider waits for its answer.
     */
    private static final String LEFT_OVER = """
            SELECT DISTINCT operation, of_table, fields, request_id FROM watch.change AS changed
            WHERE NOT (of_table IN ('audit_entry', 'audit_seal') AND operation = 'INSERT')
              AND NOT (operation = 'UPDATE' AND (fields IS NULL OR fields = 'last_used_at'))
              AND NOT of_table IN ('idempotency_key', 'account_link', 'sign_on')
              AND NOT EXISTS (SELECT FROM watch.change AS audited
                              WHERE audited.xid = changed.xid AND audited.of_table = 'audit_entry'
                                AND audited.request_id = ANY (?))
            UNION ALL
            SELECT 'kept', 'idempotency_key', NULL, request_id FROM public.idempotency_key
            WHERE request_id IS NOT NULL AND request_id <> ALL (?)
            """;

    private final TestDatabase database;

    private ChangedRows(TestDatabase database) {
        this.database = database;
    }

    /** From now on. */
    static ChangedRows watch(TestDatabase database) throws SQLException {
        try (Connection connection = database.superuser();
                var statement = connection.createStatement()) {
            statement.execute(WATCH);
        }
        return new ChangedRows(database);
    }

    /** How many rows were written at all. */
    int count() throws SQLException {
        try (Connection connection = database.superuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM watch.change")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Those that no accepted request has written. */
    List<String> notOf(Set<String> accepted) throws SQLException {
        try (Connection connection = database.superuser();
                var query = connection.prepareStatement(LEFT_OVER)) {
            var requests = connection.createArrayOf("text", accepted.toArray());
            query.setArray(1, requests);
            query.setArray(2, requests);
            var left = new ArrayList<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    left.add("%s %s (%s) request %s"
                            .formatted(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                }
            }
            return left;
        }
    }
}
