package dev.apg.server.account;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Columns that tokens and clients have alike. */
final class MachineColumns {
    private MachineColumns() {}

    static @Nullable List<String> scopes(ResultSet row) throws SQLException {
        Array scopes = row.getArray("scopes");
        return scopes == null ? null : List.of((String[]) scopes.getArray());
    }

    static String @Nullable [] scopes(Authority authority) {
        List<String> scopes = authority.wireScopes();
        return scopes == null ? null : scopes.toArray(String[]::new);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** @param sql takes the tenant, and of each use the id and the time */
    static int noteUses(JdbcClient jdbc, String sql, UUID tenantId, List<LastUses.Use> uses) {
        return jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("ids", uses.stream().map(LastUses.Use::id).toArray(UUID[]::new))
                .param("times", uses.stream().map(use -> use.at().toString()).toArray(String[]::new))
                .update();
    }
}
