package dev.apg.server.identity;

import dev.apg.contract.WireJson;
import dev.apg.contract.identity.AccountRules;
import dev.apg.contract.identity.ClaimNames;
import dev.apg.contract.identity.RolesByGroup;
import dev.apg.server.account.KnownProviders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code identity_provider}; inside a transaction of its tenant. */
@Repository
class ProviderRepository implements KnownProviders {
    private static final String SELECT = """
            SELECT provider_id, code, display_name, issuer, client_id, client_secret, scopes, claims, roles, accounts,
                   second_factors, disabled_at IS NOT NULL AS disabled, edition, created_at, updated_at
            FROM identity_provider WHERE tenant_id = :tenant\s""";

    private final JdbcClient jdbc;

    ProviderRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By code; all of them, because a tenant has few. */
    List<ProviderRow> all(UUID tenantId) {
        return jdbc.sql(SELECT + "ORDER BY code COLLATE \"C\"")
                .param("tenant", tenantId)
                .query((row, number) -> provider(row))
                .list();
    }

    Optional<ProviderRow> find(UUID tenantId, String code) {
        return find(tenantId, code, "");
    }

    /** The same, for whoever will change or delete it. */
    Optional<ProviderRow> lock(UUID tenantId, String code) {
        return find(tenantId, code, " FOR UPDATE");
    }

    private Optional<ProviderRow> find(UUID tenantId, String code, String locking) {
        return jdbc.sql(SELECT + "AND code = :code" + locking)
                .param("tenant", tenantId)
                .param("code", code)
                .query((row, number) -> provider(row))
                .optional();
    }

    @Override
    public Set<UUID> open(UUID tenantId) {
        return Set.copyOf(
                jdbc.sql("SELECT provider_id FROM identity_provider WHERE tenant_id = ? AND disabled_at IS NULL")
                        .param(tenantId)
                        .query(UUID.class)
                        .list());
    }

    @Override
    public Optional<Long> edition(UUID tenantId, UUID providerId) {
        return edition(tenantId, providerId, "");
    }

    @Override
    public Optional<Long> hold(UUID tenantId, UUID providerId) {
        return edition(tenantId, providerId, " FOR SHARE");
    }

    private Optional<Long> edition(UUID tenantId, UUID providerId, String locking) {
        return jdbc.sql("""
                SELECT edition FROM identity_provider
                WHERE tenant_id = ? AND provider_id = ? AND disabled_at IS NULL
                """ + locking)
                .params(tenantId, providerId)
                .query(Long.class)
                .optional();
    }

    /** Returns whether the code was free. */
    boolean insert(UUID tenantId, ProviderRow provider) {
        return columns("""
                INSERT INTO identity_provider
                  (tenant_id, provider_id, code, display_name, issuer, client_id, client_secret, scopes, claims, roles, accounts,
                   second_factors)
                VALUES (:tenant, :provider, :code, :name, :issuer, :client, :secret, :scopes, :claims::jsonb, :roles::jsonb,
                        :accounts::jsonb, :factors)
                ON CONFLICT (tenant_id, code) DO NOTHING
                """, tenantId, provider)
                        .param("code", provider.code())
                        .param("issuer", provider.issuer())
                        .update()
                == 1;
    }

    void update(UUID tenantId, ProviderRow provider) {
        columns("""
                UPDATE identity_provider SET display_name = :name, client_id = :client, client_secret = :secret,
                  scopes = :scopes, claims = :claims::jsonb, roles = :roles::jsonb, accounts = :accounts::jsonb,
                  second_factors = :factors, disabled_at = CASE WHEN :disabled THEN coalesce(disabled_at, now()) END,
                  edition = edition + 1, updated_at = now()
                WHERE tenant_id = :tenant AND provider_id = :provider
                """, tenantId, provider).param("disabled", provider.disabled()).update();
    }

    private JdbcClient.StatementSpec columns(String sql, UUID tenantId, ProviderRow provider) {
        ProviderRules rules = provider.rules();
        return jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("provider", provider.id())
                .param("name", provider.displayName())
                .param("client", provider.clientId())
                .param("secret", provider.sealedSecret())
                .param("scopes", rules.scopes().toArray(String[]::new))
                .param(
                        "claims",
                        WireJson.MAPPER.writeValueAsString(rules.claims().wire()))
                .param("roles", WireJson.MAPPER.writeValueAsString(rules.roles()))
                .param("accounts", WireJson.MAPPER.writeValueAsString(rules.accounts()))
                .param("factors", rules.secondFactors().toArray(String[]::new));
    }

    /** With all that it knows, but not the accounts. */
    void delete(UUID tenantId, UUID providerId) {
        jdbc.sql("DELETE FROM identity_provider WHERE tenant_id = ? AND provider_id = ?")
                .params(tenantId, providerId)
                .update();
    }

    /** Codes of those that give a role to somebody. */
    List<String> giving(UUID tenantId, String role) {
        return jdbc.sql("""
                SELECT code FROM identity_provider
                WHERE tenant_id = :tenant
                  AND (roles ->> 'otherwise' = :role
                       OR roles -> 'by_group' @> jsonb_build_array(jsonb_build_object('role', :role::text)))
                ORDER BY code
                """)
                .param("tenant", tenantId)
                .param("role", role)
                .query((row, number) -> row.getString("code"))
                .list();
    }

    private static ProviderRow provider(ResultSet row) throws SQLException {
        return new ProviderRow(
                row.getObject("provider_id", UUID.class),
                row.getString("code"),
                row.getString("display_name"),
                row.getString("issuer"),
                row.getString("client_id"),
                row.getBytes("client_secret"),
                ProviderRules.of(
                        texts(row, "scopes"),
                        WireJson.MAPPER.readValue(row.getString("claims"), ClaimNames.class),
                        WireJson.MAPPER.readValue(row.getString("roles"), RolesByGroup.class),
                        WireJson.MAPPER.readValue(row.getString("accounts"), AccountRules.class),
                        texts(row, "second_factors")),
                row.getBoolean("disabled"),
                row.getLong("edition"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
