package dev.apg.server.secret;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The columns of {@link SecretColumn}, whatever else their tables hold. */
@Repository
class SecretRepository {
    private final JdbcClient jdbc;

    SecretRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How many secrets of a tenant, or of the installation, a column holds under a key.
     *
     * @param key its id
     */
    record Held(SecretColumn column, UUID tenantId, String key, long count) {}

    /** Of all tenants but those whose time is over; as the role that sees of a secret its key and whose it is. */
    List<Held> held() {
        return Arrays.stream(SecretColumn.values())
                .flatMap(column -> held(column).stream())
                .toList();
    }

    private List<Held> held(SecretColumn column) {
        return jdbc.sql("""
                SELECT tenant_id, encryption_key, count(*) AS secrets FROM %s AS s
                WHERE NOT EXISTS (SELECT FROM tenant_cursor c WHERE c.tenant_id = s.tenant_id AND c.erased_at <= now())
                GROUP BY tenant_id, encryption_key
                """.formatted(column.table()))
                .query((row, number) -> new Held(
                        column,
                        row.getObject("tenant_id", UUID.class),
                        row.getString("encryption_key"),
                        row.getLong("secrets")))
                .list();
    }

    /** Whether this transaction alone may encrypt anew, until it ends. */
    boolean tryLock() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtext('apg.secret_renewal'))")
                .query(Boolean.class)
                .single();
    }

    record Sealed(UUID row, byte[] secret) {}

    /** The next ones under a key, kept from all others until the transaction ends; without those that somebody is at. */
    List<Sealed> under(SecretColumn column, UUID tenantId, String key, UUID after, int limit) {
        return jdbc.sql("""
                SELECT %1$s, %2$s FROM %3$s
                WHERE tenant_id = :tenant AND %1$s > :after AND encryption_key = :key
                ORDER BY %1$s LIMIT :limit FOR UPDATE SKIP LOCKED
                """.formatted(column.row(), column.column(), column.table()))
                .param("tenant", tenantId)
                .param("after", after)
                .param("key", key)
                .param("limit", limit)
                .query((row, number) -> new Sealed(row.getObject(1, UUID.class), row.getBytes(2)))
                .list();
    }

    void replace(SecretPlace place, byte[] secret) {
        SecretColumn column = place.column();
        jdbc.sql("UPDATE %s SET %s = ? WHERE tenant_id = ? AND %s = ?"
                        .formatted(column.table(), column.column(), column.row()))
                .params(secret, place.tenantId(), place.row())
                .update();
    }
}
