package dev.apg.server.account;

import dev.apg.server.archive.TableRows;
import dev.apg.server.archive.TenantPart;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who comes in, without anything that they come in with. */
@Configuration(proxyBeanMethods = false)
class AccountExport {
    @Bean
    TenantPart exportedAccounts(JdbcClient jdbc) {
        return new TableRows(jdbc, "accounts.jsonl", List.of("account", "second_factor", "account_identity"), """
                SELECT json_strip_nulls(json_build_object('id', account_id, 'email', email, 'name', name, 'role', role,
                  'disabled_at', disabled_at, 'email_verified_at', email_verified_at, 'created_at', created_at,
                  'last_login_at', last_login_at, 'second_factor', EXISTS (
                    SELECT FROM second_factor f WHERE f.tenant_id = :tenant AND f.account_id = account.account_id
                    AND f.confirmed_at IS NOT NULL),
                  'identities', (
                    SELECT json_agg(json_build_object('provider', provider_id, 'subject', subject) ORDER BY provider_id)
                    FROM account_identity i WHERE i.tenant_id = :tenant AND i.account_id = account.account_id)))::text
                FROM account WHERE tenant_id = :tenant ORDER BY account_id
                """);
    }

    @Bean
    TenantPart exportedTokens(JdbcClient jdbc) {
        return new TableRows(jdbc, "tokens.jsonl", List.of("access_token"), """
                SELECT json_strip_nulls(json_build_object('id', token_id, 'label', label, 'role', role,
                  'scopes', to_json(scopes), 'created_at', created_at, 'last_used_at', last_used_at, 'expires_at', expires_at,
                  'revoked_at', revoked_at, 'issued_by', issued_by))::text
                FROM access_token WHERE tenant_id = :tenant ORDER BY token_id
                """);
    }

    @Bean
    TenantPart exportedPersonalTokens(JdbcClient jdbc) {
        return new TableRows(jdbc, "personal-tokens.jsonl", List.of("personal_token"), """
                SELECT json_strip_nulls(json_build_object('id', token_id, 'account', account_id, 'label', label,
                  'scopes', to_json(scopes), 'created_at', created_at, 'last_used_at', last_used_at,
                  'expires_at', expires_at))::text
                FROM personal_token WHERE tenant_id = :tenant ORDER BY token_id
                """);
    }

    @Bean
    TenantPart exportedClients(JdbcClient jdbc) {
        return new TableRows(jdbc, "clients.jsonl", List.of("client"), """
                SELECT json_strip_nulls(json_build_object('id', client_id, 'label', label, 'role', role,
                  'scopes', to_json(scopes), 'created_at', created_at, 'last_used_at', last_used_at,
                  'revoked_at', revoked_at, 'issued_by', issued_by))::text
                FROM client WHERE tenant_id = :tenant ORDER BY client_id
                """);
    }

    @Bean
    TenantPart exportedPipelines(JdbcClient jdbc) {
        return new TableRows(jdbc, "pipelines.jsonl", List.of("pipeline"), """
                SELECT json_strip_nulls(json_build_object('id', pipeline_id, 'label', label, 'issuer', issuer,
                  'audience', audience, 'claims', claims, 'capabilities', to_json(capabilities), 'created_at', created_at,
                  'last_used_at', last_used_at, 'revoked_at', revoked_at, 'issued_by', issued_by))::text
                FROM pipeline WHERE tenant_id = :tenant ORDER BY pipeline_id
                """);
    }

    @Bean
    TenantPart exportedLoginPolicy(JdbcClient jdbc) {
        return new TableRows(jdbc, "login-policy.jsonl", List.of("login_policy"), """
                SELECT json_build_object('second_factor', second_factor, 'passwords', passwords)::text FROM login_policy WHERE tenant_id = :tenant
                """);
    }
}
