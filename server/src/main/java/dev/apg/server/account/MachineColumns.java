package dev.apg.server.account;

import dev.apg.contract.account.Issuer;
import dev.apg.server.tenancy.TenantContext;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Columns that tokens, clients and pipelines have alike. */
public final class MachineColumns {
    /** Who made the row {@code m}. */
    public static final String ISSUER = """
            m.issued_by, (
              SELECT ARRAY[kind, name] FROM (
                SELECT 'account' AS kind, name FROM account i WHERE i.tenant_id = m.tenant_id AND i.account_id = m.issued_by
                UNION ALL
                SELECT 'token', label FROM access_token i WHERE i.tenant_id = m.tenant_id AND i.token_id = m.issued_by
                UNION ALL
                SELECT 'client', label FROM client i WHERE i.tenant_id = m.tenant_id AND i.client_id = m.issued_by
              ) AS issuers) AS issuer""";

    private MachineColumns() {}

    public static @Nullable Issuer issuer(ResultSet row) throws SQLException {
        UUID id = row.getObject("issued_by", UUID.class);
        if (id == null) {
            return null;
        }
        Array known = row.getArray("issuer");
        if (known == null) {
            // Only accounts are deleted; tokens and clients stay, revoked.
            return new Issuer("account", id, null);
        }
        String[] kindAndName = (String[]) known.getArray();
        return new Issuer(kindAndName[0], id, kindAndName[1]);
    }

    /** Whom what a request makes is issued by; null: the platform, which is nobody of the tenant. */
    public static @Nullable UUID issuedBy(TenantContext context) {
        return switch (context.actor().kind()) {
            case ACCOUNT, TOKEN, CLIENT, PIPELINE -> context.actor().id();
            case PLATFORM, STRANGER -> null;
        };
    }

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
