package dev.apg.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.apg.server.catalog.Eventually;
import dev.apg.server.platform.config.MailSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** {@code ENCRYPTION_KEY} is changed under an installation that goes on working. */
@ExtendWith(OutputCaptureExtension.class)
class SecretRenewalTests {
    private static final String OLD = "0f3a9c6d1e8b47527f60c1d2e3a4b5968778695a4b3c2d1e";
    private static final String NEW = "7b1e9d3c5a2f48606e4d2c1b0a998877665544332211ffee";
    private static final String OLD_ID = EncryptionKey.of(OLD).id();
    private static final String NEW_ID = EncryptionKey.of(NEW).id();

    @AutoClose
    private final TestDatabase database = TestDatabase.create();

    @AutoClose
    private final TestProvider provider = TestProvider.start();

    @TempDir
    private Path directory;

    private final List<TestServer> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(TestServer::stop);
    }

    private static UnaryOperator<Settings> keys(String... newestFirst) {
        return TestServer.withKeys(List.of(newestFirst), tokens -> tokens);
    }

    private static UnaryOperator<Settings> mail(int port) {
        var mail = new MailSettings(
                "127.0.0.1",
                port,
                Optional.empty(),
                Optional.empty(),
                "apg@example.com",
                MailSettings.Encryption.IF_OFFERED);
        return TestServer.withMail(mail);
    }

    private TestServer start(UnaryOperator<Settings> settings) throws Exception {
        TestServer node = TestServer.start(database, Files.createTempDirectory(directory, "node"), settings);
        nodes.add(node);
        return node;
    }

    private void stop(TestServer node) {
        nodes.remove(node);
        node.stop();
    }

    private static void renew(TestServer node) {
        node.bean(SecretRenewal.class).renewAll();
    }

    /** As whoever runs the installation sees it: each key with its state, and what it encrypts. */
    private static List<String> uses(TestServer node) {
        Answer answer = node.platform().get("/api/v1/encryption-keys");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> uses = new ArrayList<>();
        for (JsonNode key : answer.json().get("keys")) {
            uses.add("%s %s %s"
                    .formatted(key.get("id").asString(), key.get("state").asString(), key.get("secrets")));
        }
        return uses;
    }

    private void invite(TestServer node, Workplace workplace, String email) {
        Answer invited = node.client(administrator(node, workplace))
                .post("/api/v1/accounts", Map.of("email", email, "name", "Bob", "role", "observer"));
        assertThat(invited.status()).as(invited.text()).isEqualTo(201);
    }

    private static String administrator(TestServer node, Workplace workplace) {
        Answer issued = node.platform().post("/api/v1/tenants/" + workplace.tenant() + "/tokens", Map.of());
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        return issued.json().get("text").asString();
    }

    /** Letters that wait for ever, as a node with that key has written them. */
    private void letters(TestServer node, UUID tenantId, int count) throws Exception {
        Secrets secrets = node.bean(Secrets.class);
        try (var connection = database.superuser();
                var insert = connection.prepareStatement(
                        "INSERT INTO mail (tenant_id, mail_id, content, next_attempt_at) VALUES (?, ?, ?, 'infinity')")) {
            for (int i = 0; i < count; i++) {
                UUID id = UUID.randomUUID();
                insert.setObject(1, tenantId);
                insert.setObject(2, id);
                insert.setBytes(
                        3,
                        secrets.seal(
                                new SecretPlace(tenantId, SecretColumn.MAIL, id),
                                "a letter".getBytes(StandardCharsets.UTF_8)));
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(count);
        }
    }

    private void change(String sql) throws Exception {
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void everything_works_with_the_new_key_alone_once_the_old_one_is_not_needed(CapturedOutput output)
            throws Exception {
        provider.isVisitedBy("ada-7", Map.of("email", "ada@corporate.example", "email_verified", true));
        TestServer before = start(keys(OLD));
        Workplace workplace = Workplace.on(before, provider);
        stop(before);
        TestServer withoutMail = start(settings -> mail(1).apply(keys(OLD).apply(settings)));
        invite(withoutMail, workplace, "bob@example.com");
        assertThat(uses(withoutMail))
                .containsExactly(
                        OLD_ID + " newest {\"identity_provider\":1,\"mail\":1,\"second_factor\":1,\"signing_key\":1}");
        stop(withoutMail);

        TestServer both = start(keys(NEW, OLD));
        assertThat(workplace.comeIn(both, 0).status()).isEqualTo(200);
        assertThat(uses(both).getLast()).startsWith(OLD_ID + " needed ");
        renew(both);
        assertThat(uses(both))
                .containsExactly(
                        NEW_ID + " newest {\"identity_provider\":1,\"mail\":1,\"second_factor\":1,\"signing_key\":1}",
                        OLD_ID + " unneeded {}");
        assertThat(output).contains("secrets=4", "Nothing is encrypted with the key " + OLD_ID + " any more.");
        stop(both);

        var mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mailbox.start();
        try {
            change("UPDATE mail SET next_attempt_at = now()");
            TestServer after = start(settings ->
                    mail(mailbox.getSmtp().getPort()).apply(keys(NEW).apply(settings)));
            assertThat(uses(after)).hasSize(1);
            assertThat(workplace.comeIn(after, 1).status()).isEqualTo(200);
            assertThat(workplace.signOn(after).headers().allValues("Set-Cookie"))
                    .anyMatch(cookie -> cookie.startsWith("apg_session="));
            assertThat(after.client(workplace.token()).get("/api/v1/me").status())
                    .isEqualTo(200);
            String token = workplace.token(after);
            assertThat(token.split("\\.")[0])
                    .as("by the same key")
                    .isEqualTo(workplace.token().split("\\.")[0]);
            assertThat(after.client(token).get("/api/v1/me").status()).isEqualTo(200);
            invite(after, workplace, "carol@example.com");
            Eventually.holds(() -> assertThat(mailbox.getReceivedMessagesForDomain("example.com"))
                    .hasSize(2));
        } finally {
            mailbox.stop();
        }
        assertThat(output.toString()).doesNotContain(OLD, NEW);
    }

    @Test
    void a_key_that_was_taken_away_too_early_is_named_and_its_return_heals(CapturedOutput output) throws Exception {
        provider.isVisitedBy("ada-7", Map.of("email", "ada@corporate.example", "email_verified", true));
        TestServer before = start(keys(OLD));
        Workplace workplace = Workplace.on(before, provider);
        stop(before);

        TestServer after = start(keys(NEW));
        assertThat(uses(after))
                .containsExactly(
                        NEW_ID + " newest {}",
                        OLD_ID + " missing {\"identity_provider\":1,\"second_factor\":1,\"signing_key\":1}");
        renew(after);
        assertThat(output)
                .contains("3 secrets are encrypted with the key " + OLD_ID + ", which ENCRYPTION_KEY does not hold");
        Answer refused = workplace.comeIn(after, 0);
        assertThat(refused.problem()).isEqualTo("secret.unreadable");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(refused.text()).doesNotContain(OLD_ID);
        assertThat(workplace.signOn(after).text()).contains("secret.unreadable");
        assertThat(output).contains("was encrypted with the key " + OLD_ID);
        assertThat(after.client(workplace.token()).get("/api/v1/me").status())
                .as("what the old key signed is checked with its public part")
                .isEqualTo(200);
        stop(after);

        TestServer both = start(keys(NEW, OLD));
        renew(both);
        assertThat(uses(both).getLast()).isEqualTo(OLD_ID + " unneeded {}");
        assertThat(workplace.comeIn(both, 0).status()).isEqualTo(200);
    }

    @Test
    void two_nodes_at_once_renew_each_secret_and_one_that_was_tampered_with_keeps_no_other_from_it() throws Exception {
        TestServer before = start(keys(OLD));
        UUID tenantId = TestTenant.make(before);
        UUID other = TestTenant.make(before);
        letters(before, tenantId, 250);
        letters(before, other, 3);
        stop(before);
        change("UPDATE mail SET content = set_byte(content, 30, get_byte(content, 30) # 1) WHERE mail_id ="
                + " (SELECT mail_id FROM mail WHERE tenant_id = '%s' ORDER BY mail_id LIMIT 1)".formatted(tenantId));

        TestServer one = start(keys(NEW, OLD));
        TestServer two = start(keys(NEW, OLD));
        try (var both = Executors.newFixedThreadPool(2)) {
            Callable<Boolean> first = () -> renewed(one);
            Callable<Boolean> second = () -> renewed(two);
            for (var done : both.invokeAll(List.of(first, second))) {
                assertThat(done.get()).isTrue();
            }
        }
        renew(one);
        assertThat(uses(two)).containsExactly(NEW_ID + " newest {\"mail\":252}", OLD_ID + " needed {\"mail\":1}");

        change("UPDATE tenant_cursor SET state = 'deleting', erased_at = now() WHERE tenant_id = '%s'"
                .formatted(tenantId));
        assertThat(uses(two))
                .as("a tenant whose time is over needs nothing")
                .containsExactly(NEW_ID + " newest {\"mail\":3}", OLD_ID + " unneeded {}");
    }

    private static boolean renewed(TestServer node) {
        renew(node);
        return true;
    }

    @Test
    void only_the_platform_sees_the_keys() throws Exception {
        TestServer node = start(keys(NEW));
        Answer denied = TestTenant.in(node).client().get("/api/v1/encryption-keys");
        assertThat(denied.status() + " " + denied.problem()).isEqualTo("403 permission.denied");
        assertThat(node.anonymous().get("/api/v1/encryption-keys").status()).isEqualTo(401);
    }

    /** A column that is added later must be renewed, too. */
    @Test
    void every_column_with_secrets_says_with_which_key_each_is_encrypted() throws Exception {
        TestServer node = start(keys(NEW));
        JdbcClient jdbc = node.bean(JdbcClient.class);
        List<String> known =
                Arrays.stream(SecretColumn.values()).map(SecretColumn::toString).toList();
        assertThat(jdbc.sql("""
                        SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                        WHERE c.relnamespace = current_schema()::regnamespace AND a.atttypid = 'bytea'::regtype
                          AND col_description(c.oid, a.attnum) LIKE '%under ENCRYPTION_KEY%'
                        """).query(String.class).list()).containsExactlyInAnyOrderElementsOf(known);
        assertThat(jdbc.sql("""
                        SELECT table_name FROM information_schema.columns
                        WHERE table_schema = current_schema() AND column_name = 'encryption_key' AND is_generated = 'ALWAYS'
                        """).query(String.class).list())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SecretColumn.values())
                        .map(SecretColumn::table)
                        .toList());
    }
}
