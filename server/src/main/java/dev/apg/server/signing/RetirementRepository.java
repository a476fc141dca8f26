package dev.apg.server.signing;

import dev.apg.server.tenancy.PlatformContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code signing_key_retirement}; inside transactions of the {@link SigningKeyRepository#INSTALLATION}. */
@Repository
class RetirementRepository {
    private static final int LISTED = 100;
    private static final String COLUMNS =
            "SELECT key_id, name, algorithm, reason, request_id, address, retired_at FROM signing_key_retirement WHERE tenant_id = ? ";

    private final JdbcClient jdbc;

    RetirementRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Retirement retirement) {
        jdbc.sql("""
                INSERT INTO signing_key_retirement (tenant_id, key_id, name, algorithm, reason, request_id, address, retired_at)
                VALUES (:tenant, :id, :name, :algorithm, :reason, :request, :address, :at)
                """)
                .param("tenant", SigningKeyRepository.INSTALLATION)
                .param("id", retirement.keyId())
                .param("name", retirement.name())
                .param("algorithm", retirement.algorithm())
                .param("reason", retirement.reason())
                .param("request", retirement.by().requestId())
                .param("address", retirement.by().address().orElse(null))
                .param("at", retirement.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Retirement> find(String name) {
        return jdbc.sql(COLUMNS + "AND name = ?")
                .params(SigningKeyRepository.INSTALLATION, name)
                .query((row, number) -> retirement(row))
                .optional();
    }

    /** The last ones first. */
    List<Retirement> list() {
        return jdbc.sql(COLUMNS + "ORDER BY retired_at DESC LIMIT ?")
                .params(SigningKeyRepository.INSTALLATION, LISTED)
                .query((row, number) -> retirement(row))
                .list();
    }

    /** Those that not every tenant was told of. */
    List<Retirement> untold() {
        return jdbc.sql(COLUMNS + "AND told_at IS NULL ORDER BY retired_at LIMIT ?")
                .params(SigningKeyRepository.INSTALLATION, LISTED)
                .query((row, number) -> retirement(row))
                .list();
    }

    void setTold(UUID keyId) {
        jdbc.sql("UPDATE signing_key_retirement SET told_at = now() WHERE tenant_id = ? AND key_id = ?")
                .params(SigningKeyRepository.INSTALLATION, keyId)
                .update();
    }

    /** Inside a transaction of a tenant: until it ends, no other node tells a tenant. */
    void lockTelling() {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('apg.signing_key_retirement'))")
                .query((row, number) -> true)
                .single();
    }

    private static Retirement retirement(ResultSet row) throws SQLException {
        return new Retirement(
                row.getObject("key_id", UUID.class),
                row.getString("name"),
                row.getString("algorithm"),
                row.getString("reason"),
                new PlatformContext(row.getString("request_id"), Optional.ofNullable(row.getString("address"))),
                row.getObject("retired_at", OffsetDateTime.class).toInstant());
    }
}
