package dev.apg.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Changes of the schema run as the tables' owner, who sees no row of a table with a forced policy: only rows show it. */
class UsedDatabaseMigrationTests {
    private static final String LAST_THAT_MAKES_A_TABLE = "0020-composition";

    /** As the release before 0022 wrote it. */
    private static final String OLD_KEY =
            "INSERT INTO idempotency_key (tenant_id, key, request_hash) SELECT tenant_id, 'old', sha256('old') FROM tenant";

    /** As the job does it some seconds after a change. */
    private static final String SEAL = """
            INSERT INTO audit_seal
            SELECT tenant_id, 1, sha256(''), sha256('seal'), now(), ARRAY[entry_id], sha256('entry'), at, entry_id
            FROM audit_entry LIMIT 1 ON CONFLICT DO NOTHING
            """;

    /** What nobody can make here by asking for it. */
    private static final String WITHOUT_DEVICE_AND_OTHER_SERVERS = """
            INSERT INTO exchanged_token (tenant_id, token_digest, expires_at)
              SELECT tenant_id, sha256('token'), now() + interval '1 day' FROM pipeline;
            INSERT INTO mail (tenant_id, mail_id, content, next_attempt_at)
              SELECT tenant_id, gen_random_uuid(), 'sealed', now() + interval '1 day' FROM account;
            INSERT INTO second_factor (tenant_id, account_id, secret) SELECT tenant_id, account_id, 'sealed' FROM account;
            INSERT INTO recovery_code (tenant_id, account_id, code_hash)
              SELECT tenant_id, account_id, sha256('code') FROM account;
            INSERT INTO login_policy (tenant_id, second_factor) SELECT DISTINCT tenant_id, 'nobody' FROM account;
            INSERT INTO identity_provider (tenant_id, provider_id, code, display_name, issuer, client_id, client_secret, scopes,
                                           claims, roles, accounts, second_factors)
              SELECT tenant_id, gen_random_uuid(), account_id::text, 'Box', 'https://box.example.com', 'apg', 'sealed', '{}', '{}', '{}',
                     '{}', '{}'
              FROM account;
            INSERT INTO account_identity (tenant_id, provider_id, subject, account_id)
              SELECT tenant_id, provider_id, account_id::text, account_id FROM identity_provider JOIN account USING (tenant_id);
            INSERT INTO sign_on (tenant_id, sign_on_id, provider_id, state_hash, browser_hash, return_to, expires_at)
              SELECT tenant_id, gen_random_uuid(), provider_id, sha256('state'), sha256('browser'), '/', now() + interval '1 hour'
              FROM identity_provider;
            INSERT INTO personal_token (tenant_id, token_id, account_id, secret_hash, label, expires_at)
              SELECT tenant_id, gen_random_uuid(), account_id, sha256('token'), 'laptop', now() FROM account;
            INSERT INTO signing_key_retirement (tenant_id, key_id, name, algorithm, reason, request_id)
              SELECT tenant_id, key_id, 'kid', 'ES256', 'it was lost', 'request' FROM signing_key LIMIT 1;
            INSERT INTO tenant_setting (tenant_id, audit_retention_days) SELECT DISTINCT tenant_id, 400 FROM account;
            INSERT INTO audit_anchor SELECT tenant_id, 1, sha256(''), sha256('seal'), now(), 1, now(), gen_random_uuid() FROM tenant;
            """;

    @Test
    void every_change_can_be_taken_back_and_applied_again_with_rows_in_every_table() throws Exception {
        try (TestServer server = TestServer.start()) {
            use(server.client());
            TestDatabase database = server.database();
            var migrations =
                    new Migrations(database.owner().source(), database.server().user());
            int all = migrations.status().size();
            try (var connection = database.superuser();
                    var statement = connection.createStatement()) {
                statement.execute(SEAL);
                statement.execute(WITHOUT_DEVICE_AND_OTHER_SERVERS);
                Map<String, Long> rows = rows(statement);
                assertThat(rows).as("a row in every table").doesNotContainValue(0L);
                assertThat(rows).hasSizeGreaterThan(10);

                while (!isNewest(migrations, LAST_THAT_MAKES_A_TABLE)) {
                    migrations.down(1);
                }
                statement.execute(OLD_KEY);
                assertThat(migrations.up()).isNotEmpty();

                rows.put("idempotency_key", 0L);
                // A table of a change that was taken back; what is in it by now, the job of the server has written.
                rows.remove("audit_seal");
                rows.put("client", 0L);
                rows.put("pipeline", 0L);
                rows.put("exchanged_token", 0L);
                rows.put("account", 0L);
                rows.put("account_link", 0L);
                rows.put("session", 0L);
                rows.put("mail", 0L);
                rows.put("second_factor", 0L);
                rows.put("recovery_code", 0L);
                rows.put("login_policy", 0L);
                rows.put("identity_provider", 0L);
                rows.put("account_identity", 0L);
                rows.put("sign_on", 0L);
                rows.put("tenant_setting", 0L);
                rows.put("personal_token", 0L);
                rows.put("audit_anchor", 0L);
                rows.put("signing_key", 0L);
                rows.put("signing_key_retirement", 0L);
                rows.put("custom_role", 0L);
                rows.put("team", 0L);
                rows.put("capability_grant", 0L);
                rows.put("composition_grant", 0L);
                rows.put("team_member", 0L);
                assertThat(rows(statement)).containsAllEntriesOf(rows).hasSize(rows.size() + 1);
                assertThat(statement.executeUpdate(OLD_KEY))
                        .as("the previous release goes on writing keys")
                        .isEqualTo(1);
                assertThat(migrations.down(all)).hasSize(all);
                assertThat(migrations.up()).hasSize(all);
            }
        }
    }

    private static boolean isNewest(Migrations migrations, String name) {
        return migrations.status().stream()
                .filter(change -> change.state() == Migrations.State.APPLIED)
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .name()
                .equals(name);
    }

    private static Map<String, Long> rows(Statement statement) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (var tables = statement.executeQuery("""
                SELECT relname, (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM ' || oid::regclass,
                                                                    false, true, '')))[1]::text::bigint
                FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                  AND relname NOT LIKE 'databasechange%'
                """)) {
            while (tables.next()) {
                rows.put(tables.getString(1), tables.getLong(2));
            }
        }
        return rows;
    }

    private static void use(TestClient client) {
        String cart = """
                {"format": "apg.version/1", "capability": "cart", "version": "1.0.0",
                 "provides": [{"service": "carts", "version": "1.0.0"}]}
                """;
        String shop = """
                {"format": "apg.version/1", "capability": "shop", "version": "1.0.0",
                 "requirements": [{"capability": "cart", "range": "*"}, {"service": "carts", "range": "*"}]}
                """;
        created(client.post("/api/v1/capabilities/cart/versions", cart));
        Answer published = created(client.post("/api/v1/capabilities/shop/versions", shop));
        TestClient reader =
                client.with("X-APG-Min-Seq", published.header("X-APG-Seq").orElseThrow());
        created(client.post("/api/v1/clients", "{\"label\": \"a program\", \"role\": \"observer\"}"));
        Answer pipeline = created(client.post(
                "/api/v1/pipelines",
                Map.of(
                        "label",
                        "release",
                        "issuer",
                        "https://ci.example",
                        "claims",
                        Map.of("sub", "cart"),
                        "capabilities",
                        List.of("cart"))));
        created(client.post("/api/v1/teams", "{\"code\": \"core\"}"));
        Answer added = client.put(
                "/api/v1/teams/core/members/token:"
                        + client.get("/api/v1/me").json().get("id").asString(),
                "{\"maintainer\": true}");
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        String job = "pipeline:" + pipeline.json().get("id").asString();
        assertThat(client.put("/api/v1/teams/core/members/" + job, "{}").status())
                .isEqualTo(200);
        created(client.post("/api/v1/roles", "{\"code\": \"reader\", \"permissions\": [\"catalog:read\"]}"));
        people(client);
        assertThat(client.get("/api/auth/keys").status()).isEqualTo(200);
        created(reader.with("Idempotency-Key", "k-1").post("/api/v1/compositions", "{\"code\": \"store\"}"));
        for (String owned : new String[] {"capabilities/cart", "compositions/store"}) {
            Answer given = reader.with("If-Match", "*").put("/api/v1/" + owned + "/owner", "{\"owned_by\": \"me\"}");
            assertThat(given.status()).as(given.text()).isEqualTo(200);
        }
        Answer shared = reader.put("/api/v1/capabilities/cart/grants/" + job, "{\"level\": \"edit\"}");
        assertThat(shared.status()).as(shared.text()).isEqualTo(200);
        Answer applied = reader.post(
                "/api/v1/compositions/store/draft/operations",
                "{\"operations\": [{\"op\": \"add_member\", \"capability\": \"shop\", \"range\": \"*\"}]}");
        assertThat(applied.status()).as(applied.text()).isEqualTo(200);
        created(reader.with(
                        "If-Match",
                        reader.get("/api/v1/compositions/store/draft")
                                .header("ETag")
                                .orElseThrow())
                .post("/api/v1/compositions/store/revisions", "{\"message\": \"a test\"}"));
    }

    /** One who is in, and one who is only invited. */
    private static void people(TestClient client) {
        String password = "violet harbour tram 7 quilt";
        Answer invited = created(
                client.post("/api/v1/accounts", Map.of("email", "ada@example.com", "name", "Ada", "role", "observer")));
        String token = invited.json().at("/invitation/token").asString();
        assertThat(client.post("/api/auth/password", Map.of("token", token, "password", password))
                        .status())
                .isEqualTo(204);
        assertThat(client.post(
                                "/api/auth/login",
                                Map.of("tenant", "default", "email", "ada@example.com", "password", password))
                        .status())
                .isEqualTo(200);
        created(client.post("/api/v1/accounts", Map.of("email", "eve@example.com", "name", "Eve", "role", "observer")));
    }

    private static Answer created(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }
}
