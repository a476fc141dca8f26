package dev.apg.server.capability;

import dev.apg.server.capability.Mentions.Name;
import dev.apg.server.platform.NearCodes;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Guesses which registered name somebody meant who wrote an unknown one; inside a transaction of its tenant. */
@Repository
class NameGuesses {
    private static final int SAME_NAMES = 10;

    private final JdbcClient jdbc;

    NameGuesses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Three short reads of an index; for refusals only. */
    Optional<String> near(UUID tenantId, Name name) {
        String table = switch (name.kind()) {
            case CAPABILITY -> "capability";
            case SERVICE -> "service";
        };
        return NearCodes.nearest(
                name.code(), from -> codes(table, tenantId, from), part -> named(table, tenantId, part));
    }

    private Stream<String> codes(String table, UUID tenantId, String from) {
        return jdbc
                .sql("SELECT code FROM %s WHERE tenant_id = :tenant AND code >= :from ORDER BY code LIMIT :limit"
                        .formatted(table))
                .param("tenant", tenantId)
                .param("from", from)
                .param("limit", NearCodes.WINDOW)
                .query((row, number) -> row.getString("code"))
                .list()
                .stream();
    }

    private Stream<String> named(String table, UUID tenantId, String name) {
        return jdbc
                .sql("""
                SELECT code FROM %s WHERE tenant_id = :tenant AND split_part(code, '/', 2) = :name AND code LIKE '%%/%%'
                ORDER BY code LIMIT :limit
                """.formatted(table))
                .param("tenant", tenantId)
                .param("name", name)
                .param("limit", SAME_NAMES)
                .query((row, number) -> row.getString("code"))
                .list()
                .stream();
    }
}
