package dev.apg.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apg.server.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds of the schema as all changes together make it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaTests {
    @AutoClose
    private final TestDatabase database = TestDatabase.create();

    @Test
    void every_table_leads_with_the_tenant_and_stands_under_a_forced_policy() throws Exception {
        assertThat(strings("""
                SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                  AND relname NOT LIKE 'databasechange%'
                """)).isNotEmpty();
        assertThat(strings("""
                SELECT c.relname FROM pg_class c
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT LIKE 'databasechange%'
                  AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                           AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
                           AND EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                                       WHERE i.indrelid = c.oid AND i.indisprimary AND a.attname = 'tenant_id'))
                """)).isEmpty();
    }

    @Test
    void every_foreign_key_has_an_index_that_leads_with_its_columns() throws Exception {
        assertThat(strings("""
                SELECT k.conrelid::regclass || '.' || k.conname FROM pg_constraint k
                WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND NOT EXISTS (
                  SELECT FROM pg_index i WHERE i.indrelid = k.conrelid
                    AND k.conkey <@ (i.indkey::int2[])[0:cardinality(k.conkey) - 1])
                """)).isEmpty();
    }

    @Test
    void the_server_sees_no_row_without_naming_a_tenant_and_cannot_see_anothers() throws Exception {
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();
        try (var connection = database.superuser();
                var insert =
                        connection.prepareStatement("INSERT INTO tenant (tenant_id, code, name) VALUES (?, ?, 'x')")) {
            for (UUID tenant : List.of(one, two)) {
                insert.setObject(1, tenant);
                insert.setString(2, "t" + tenant);
                insert.execute();
            }
        }
        try (var connection = database.server().source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE apg_application");
            try (var none = statement.executeQuery("SELECT count(*) FROM tenant")) {
                none.next();
                assertThat(none.getInt(1)).isZero();
            }
            statement.execute("SELECT set_config('apg.tenant_id', '" + one + "', false)");
            try (var own = statement.executeQuery("SELECT tenant_id FROM tenant")) {
                own.next();
                assertThat(own.getObject(1)).isEqualTo(one);
                assertThat(own.next()).isFalse();
            }
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("INSERT INTO tenant_cursor (tenant_id) VALUES ('" + two + "')"))
                    .withMessageContaining("row-level security");
        }
    }

    @Test
    void the_server_can_neither_change_nor_delete_audit_entries() throws Exception {
        try (var connection = database.server().source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE apg_application");
            for (String sql : List.of("DELETE FROM audit_entry", "UPDATE audit_entry SET actor = 'nobody'")) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute(sql))
                        .withMessageContaining("permission denied");
            }
        }
    }

    private List<String> strings(String sql) throws SQLException {
        var strings = new ArrayList<String>();
        try (var connection = database.superuser();
                var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}
