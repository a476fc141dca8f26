package dev.apg.server.capability;

import dev.apg.server.capability.VersionStructure.Kind;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Codes near another one, for guesses; inside a transaction of their tenant. */
@Repository
class NameRepository {
    private final JdbcClient jdbc;

    NameRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** From a code on, ascending; the column's collation is byte by byte. */
    List<String> codes(UUID tenantId, Kind kind, String from, int limit) {
        return jdbc.sql("SELECT code FROM %s WHERE tenant_id = :tenant AND code >= :from ORDER BY code LIMIT :limit"
                        .formatted(table(kind)))
                .param("tenant", tenantId)
                .param("from", from)
                .param("limit", limit)
                .query((row, number) -> row.getString("code"))
                .list();
    }

    /** With a publisher, and this name behind it, ascending. */
    List<String> named(UUID tenantId, Kind kind, String name, int limit) {
        return jdbc.sql("""
                SELECT code FROM %s WHERE tenant_id = :tenant AND split_part(code, '/', 2) = :name AND code LIKE '%%/%%'
                ORDER BY code LIMIT :limit
                """.formatted(table(kind)))
                .param("tenant", tenantId)
                .param("name", name)
                .param("limit", limit)
                .query((row, number) -> row.getString("code"))
                .list();
    }

    private static String table(Kind kind) {
        return switch (kind) {
            case CAPABILITY -> "capability";
            case SERVICE -> "service";
        };
    }
}
