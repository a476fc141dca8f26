package dev.apg.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.apg.server.catalog.Eventually;
import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.MailSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestAuthenticator;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailTests {
    private static final Pattern TOKEN = Pattern.compile("apgl_[A-Za-z0-9_-]+");
    private static final String PASSWORD = "violet harbour tram 7 quilt";

    private final GreenMail mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private TestServer server;
    private TestTenant tenant;
    private TestClient administrator;
    private String code;
    private String ada;

    private static UnaryOperator<Settings> mail(int port, MailSettings.Encryption encryption) {
        var mail =
                new MailSettings("127.0.0.1", port, Optional.empty(), Optional.empty(), "apg@example.com", encryption);
        var keys = TestServer.withKeys(List.of("0f3a9c6d1e8b47527f60c1d2e3a4b5968778695a4b3c2d1e"), tokens -> tokens);
        EdgeSettings edge =
                Settings.read(Map.of("TRUSTED_PROXIES", "127.0.0.1")).edge();
        return settings ->
                TestServer.withMail(mail).apply(TestServer.withEdge(edge).apply(keys.apply(settings)));
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        mailbox.start();
        server = TestServer.start(
                TestDatabase.create(),
                directory,
                mail(mailbox.getSmtp().getPort(), MailSettings.Encryption.IF_OFFERED));
    }

    @AfterAll
    void stop() {
        server.close();
        mailbox.stop();
    }

    @BeforeEach
    void gather() {
        tenant = TestTenant.in(server);
        administrator = tenant.client();
        code = administrator.get("/api/v1/me").json().get("tenant").asString();
        // Of this test only: the mailbox is everybody's.
        ada = "ada-" + tenant.id() + "@example.com";
    }

    private Answer invite(TestClient by) {
        return by.post("/api/v1/accounts", Map.of("email", ada, "name", "Ada Lovelace", "role", "observer"));
    }

    private List<MimeMessage> letters() {
        return Arrays.stream(mailbox.getReceivedMessagesForDomain(ada)).toList();
    }

    /** The token of the newest letter, when there are as many. */
    private String token(int letters) {
        Eventually.holds(() -> assertThat(letters()).hasSize(letters));
        var found = TOKEN.matcher(GreenMailUtil.getBody(letters().getLast()));
        assertThat(found.find()).isTrue();
        return found.group();
    }

    private Answer choose(String token, String password) {
        return server.anonymous().post("/api/auth/password", Map.of("token", token, "password", password));
    }

    private Answer forgotten(String email) {
        return server.anonymous().post("/api/auth/password/forgotten", Map.of("tenant", code, "email", email));
    }

    private Answer logIn(String password) {
        return server.anonymous().post("/api/auth/login", Map.of("tenant", code, "email", ada, "password", password));
    }

    /** Comes in by the tenant's identity provider, at which somebody is logged in. */
    private void comeIn() {
        Answer begun = server.anonymous().get("/api/auth/sso/" + code + "/corporate");
        URI back = TestProvider.visit(URI.create(begun.header("Location").orElseThrow()));
        Answer end = server.anonymous()
                .with("Cookie", begun.header("Set-Cookie").orElseThrow().split(";")[0])
                .get(back.getRawPath() + "?" + back.getRawQuery());
        assertThat(end.status()).as(end.text()).isEqualTo(303);
    }

    @Test
    void who_comes_in_by_an_identity_provider_gets_no_password_past_it_and_is_told_when_it_becomes_a_way_in() {
        try (TestProvider provider = TestProvider.start()) {
            Answer added = administrator.post(
                    "/api/v1/identity-providers",
                    Map.of(
                            "code",
                            "corporate",
                            "issuer",
                            provider.url(),
                            "client_id",
                            TestProvider.CLIENT,
                            "client_secret",
                            TestProvider.SECRET,
                            "roles",
                            Map.of("otherwise", "observer"),
                            "accounts",
                            Map.of("link", true)));
            assertThat(added.status()).as(added.text()).isEqualTo(201);
            String bob = "bob-" + ada;
            provider.isVisitedBy("bob-1", Map.of("email", bob));
            comeIn();
            assertThat(forgotten(bob).status()).isEqualTo(202);
            Eventually.holds(() -> assertThat(administrator.get("/api/v1/audit").text())
                    .contains("password.forgotten", "\"sent\":false"));

            invite(administrator);
            choose(token(1), PASSWORD);
            provider.isVisitedBy("ada-7", Map.of("email", ada, "email_verified", true));
            comeIn();
            Eventually.holds(() -> assertThat(letters().stream().map(GreenMailUtil::getBody))
                    .anyMatch(letter -> letter.contains("identity provider")));
        }
    }

    @Test
    void an_invitation_goes_to_the_person_and_to_nobody_else() throws Exception {
        Answer invited = invite(administrator);
        assertThat(invited.status()).isEqualTo(201);
        assertThat(invited.json().get("invitation").has("token")).isFalse();

        String token = token(1);
        MimeMessage letter = letters().getFirst();
        assertThat(letter.getSubject()).contains(code);
        assertThat(letter.getFrom()[0].toString()).isEqualTo("apg@example.com");
        assertThat(GreenMailUtil.getBody(letter)).contains("Hello Ada Lovelace", "apg account password");
        assertThat(choose(token, PASSWORD).status()).isEqualTo(204);
        assertThat(administrator
                        .get(invited.header("Location").orElseThrow())
                        .json()
                        .has("email_verified_at"))
                .as("whoever used the token has read the mail")
                .isTrue();
    }

    @Test
    void whoever_forgot_their_password_chooses_another_one() {
        invite(administrator);
        choose(token(1), PASSWORD);
        assertThat(logIn(PASSWORD).status()).isEqualTo(200);

        assertThat(forgotten(ada).status()).isEqualTo(202);

        String next = "cobalt pigeon orchestra 4";
        assertThat(choose(token(2), next).status()).isEqualTo(204);
        assertThat(logIn(PASSWORD).status()).isEqualTo(401);
        assertThat(logIn(next).status()).isEqualTo(200);
        assertThat(administrator.get("/api/v1/audit?action=password.forgotten").text())
                .contains(ada);
    }

    @Test
    void a_person_is_told_of_a_second_factor_that_is_added_at_a_login() {
        invite(administrator);
        choose(token(1), PASSWORD);
        administrator
                .with("If-Match", "*")
                .put("/api/v1/login-policy", Map.of("second_factor", "everybody", "passwords", "everybody"));
        String login = logIn(PASSWORD).json().get("token").asString();
        String secret = server.anonymous()
                .post("/api/auth/login/enrolment", Map.of("token", login))
                .json()
                .get("secret")
                .asString();
        Answer enrolled = server.anonymous()
                .post(
                        "/api/auth/login/enrolment/confirmation",
                        Map.of("token", login, "code", TestAuthenticator.code(secret, 0)));
        assertThat(enrolled.status()).as(enrolled.text()).isEqualTo(200);
        Eventually.holds(() -> assertThat(letters()).hasSize(2));
        assertThat(GreenMailUtil.getBody(letters().getLast())).contains("A second factor was added", "127.0.0.1");
    }

    @Test
    void an_invitation_stays_good_whoever_says_that_the_password_was_forgotten() {
        invite(administrator);
        String invitation = token(1);
        assertThat(forgotten(ada).status()).isEqualTo(202);
        String reminder = token(2);
        assertThat(choose(invitation, PASSWORD).status()).isEqualTo(204);
        assertThat(choose(reminder, PASSWORD).status())
                .as("one of them is enough")
                .isEqualTo(422);
    }

    @Test
    void whoever_administers_takes_back_all_that_was_sent_before() {
        Answer invited = invite(administrator);
        String invitation = token(1);
        forgotten(ada);
        String reminder = token(2);
        administrator.post(invited.header("Location").orElseThrow() + "/invitation", Map.of());
        String last = token(3);
        for (String before : List.of(invitation, reminder)) {
            assertThat(choose(before, PASSWORD).problem()).isEqualTo("link.invalid");
        }
        assertThat(choose(last, PASSWORD).status()).isEqualTo(204);
    }

    @Test
    void a_person_is_told_when_what_they_come_in_with_is_changed() {
        invite(administrator);
        choose(token(1), PASSWORD);
        forgotten(ada);

        choose(token(2), "cobalt pigeon orchestra 4");

        Eventually.holds(() -> assertThat(letters()).hasSize(3));
        assertThat(GreenMailUtil.getBody(letters().getLast()))
                .contains(
                        "Hello Ada Lovelace", "The password was changed", code, "127.0.0.1", "If not, ask for another")
                .doesNotContain("cobalt pigeon");
    }

    @Test
    void nobody_learns_whether_there_is_an_account() {
        invite(administrator);
        token(1);
        Answer known = forgotten(ada);
        for (Answer unknown : List.of(
                forgotten("nobody@example.com"),
                forgotten("no address"),
                server.anonymous()
                        .post("/api/auth/password/forgotten", Map.of("tenant", "no-such-tenant", "email", ada)))) {
            assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(202);
            assertThat(unknown.text()).isEqualTo(known.text());
        }
        token(2);
    }

    @Test
    void nobody_is_flooded_with_mail() {
        invite(administrator);
        token(1);
        assertThat(List.of(
                        forgotten(ada).status(),
                        forgotten(ada).status(),
                        forgotten(ada).status()))
                .containsOnly(202);
        Answer fourth = forgotten(ada);
        assertThat(fourth.status()).isEqualTo(429);
        assertThat(fourth.problem()).isEqualTo("login.too_often");
    }

    private int forgottenFrom(String address) {
        return server.anonymous()
                .with("X-Forwarded-For", address)
                .post("/api/auth/password/forgotten", Map.of("tenant", code, "email", ada))
                .status();
    }

    @Test
    void no_stranger_keeps_somebody_from_another_password() {
        invite(administrator);
        choose(token(1), PASSWORD);
        assertThat(logIn(PASSWORD).status()).isEqualTo(200);
        int taken = 0;
        for (int i = 0; forgottenFrom("198.51.100." + i / 3) == 202; i++) {
            taken++;
        }
        assertThat(taken)
                .as("three from each address, and ten from all where nobody came in")
                .isEqualTo(10);
        token(11);
        assertThat(forgotten(ada).status()).as("from where she came in").isEqualTo(202);
        assertThat(choose(token(12), "cobalt pigeon orchestra 4").status()).isEqualTo(204);
    }

    @Test
    void a_reminder_stays_good_when_one_more_is_sent() {
        invite(administrator);
        choose(token(1), PASSWORD);
        forgotten(ada);
        String first = token(2);
        forgotten(ada);
        String second = token(3);
        forgotten(ada);
        token(4);
        assertThat(choose(first, "cobalt pigeon orchestra 4").problem()).isEqualTo("link.invalid");
        assertThat(choose(second, "cobalt pigeon orchestra 4").status()).isEqualTo(204);
    }

    @Test
    void reminders_of_addresses_that_nobody_has_are_one_entry_a_minute() {
        invite(administrator);
        token(1);
        for (int i = 0; i < 5; i++) {
            assertThat(forgotten("somebody-%d@example.com".formatted(i)).status())
                    .isEqualTo(202);
        }
        forgotten(ada);
        token(2);
        Eventually.holds(() -> assertThat(administrator
                        .get("/api/v1/audit?action=password.forgotten")
                        .text())
                .contains(ada));
        String log =
                administrator.get("/api/v1/audit?action=password.forgotten").text();
        assertThat(log).containsOnlyOnce("\"no account\"").doesNotContain("somebody-");
    }

    @Test
    void a_person_is_told_when_a_secret_of_a_session_is_shown_that_had_been_replaced() throws Exception {
        invite(administrator);
        choose(token(1), PASSWORD);
        String cookie = logIn(PASSWORD).header("Set-Cookie").orElseThrow().split(";")[0];
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE session SET previous_hash = secret_hash, secret_hash = decode(repeat('00', 32), 'hex'), confirmed_at = now() - interval '1 hour' WHERE tenant_id = '%s'"
                            .formatted(tenant.id()));
        }
        assertThat(server.anonymous().with("Cookie", cookie).get("/api/v1/me").status())
                .isEqualTo(401);
        Eventually.holds(() -> assertThat(letters()).hasSize(2));
        assertThat(GreenMailUtil.getBody(letters().getLast()))
                .contains("Hello Ada Lovelace", "that had been replaced", "127.0.0.1", "All your sessions were ended");
    }

    /** Those that were tried once, and are tried again when it is time. */
    private long waiting() {
        try (var connection = server.database().superuser();
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT count(*) FROM mail WHERE attempts = 1 AND next_attempt_at < now() + interval '2 minutes' AND tenant_id = '"
                                        + tenant.id() + "'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_mail_server_that_is_away_keeps_nobody_waiting_and_gets_the_mail_when_it_is_back(@TempDir Path directory)
            throws Exception {
        var closed = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        closed.start();
        int port = closed.getSmtp().getPort();
        closed.stop();
        TestServer node =
                TestServer.start(server.database(), directory, mail(port, MailSettings.Encryption.IF_OFFERED));
        try {
            assertThat(invite(tenant.client(node)).status()).isEqualTo(201);
            Eventually.holds(() -> assertThat(waiting()).isEqualTo(1));
        } finally {
            node.stop();
        }
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE mail SET next_attempt_at = now()");
        }
        server.bean(Mail.class).sendWaiting();
        assertThat(token(1)).isNotBlank();
        assertThat(waiting()).isZero();
    }

    @Test
    void where_encryption_is_demanded_no_mail_goes_out_without(@TempDir Path directory) {
        TestServer node = TestServer.start(
                server.database(), directory, mail(mailbox.getSmtp().getPort(), MailSettings.Encryption.STARTTLS));
        try {
            assertThat(invite(tenant.client(node)).status()).isEqualTo(201);
            Eventually.holds(() -> assertThat(waiting()).isEqualTo(1));
            assertThat(letters()).isEmpty();
        } finally {
            node.stop();
        }
    }

    @Test
    void what_waits_cannot_be_read_in_the_database(@TempDir Path directory) throws Exception {
        TestServer node = TestServer.start(
                server.database(), directory, mail(mailbox.getSmtp().getPort(), MailSettings.Encryption.STARTTLS));
        try {
            invite(tenant.client(node));
            try (var connection = server.database().superuser();
                    var rows =
                            connection.createStatement().executeQuery("SELECT encode(content, 'escape') FROM mail")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).doesNotContain("apgl_", "Ada");
            }
        } finally {
            node.stop();
        }
    }
}
