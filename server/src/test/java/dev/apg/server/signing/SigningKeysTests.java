package dev.apg.server.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.AccessTokenSettings.Algorithm;
import dev.apg.server.platform.config.ConfigurationException;
import dev.apg.server.platform.config.Secret;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTests {
    private static final String OLD = "0f3a9c6d1e8b47527f60c1d2e3a4b5968778695a4b3c2d1e";
    private static final String NEW = "7b1e9d3c5a2f48606e4d2c1b0a998877665544332211ffee";

    private static List<String> published(TestServer node) throws Exception {
        Answer answer = node.anonymous().get("/api/auth/keys");
        assertThat(answer.header("Cache-Control")).contains("max-age=300, public");
        return JWKSet.parse(answer.text()).getKeys().stream().map(JWK::getKeyID).toList();
    }

    private static String name(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private static void change(TestDatabase database, String sql) throws Exception {
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void a_key_is_succeeded_by_one_that_was_published_before_and_leaves_after_its_last_token() throws Exception {
        try (TestServer server = TestServer.start()) {
            Issued client = Issued.on(server);
            SigningKeys keys = server.bean(SigningKeys.class);
            String used = client.token(server);
            String unused = client.token(server);
            String first = name(used);
            assertThat(published(server)).containsExactly(first);
            assertThat(Issued.status(server, used)).isEqualTo(200);

            change(server.database(), "UPDATE signing_key SET signs_from = now() - interval '90 days'");
            keys.rotate();
            assertThat(published(server)).hasSize(2).contains(first);
            assertThat(name(client.token(server)))
                    .as("not before it was published for an hour")
                    .isEqualTo(first);
            keys.rotate();
            assertThat(published(server)).as("one next key").hasSize(2);

            change(server.database(), "UPDATE signing_key SET signs_from = now() WHERE signs_from > now()");
            keys.rotate();
            String next = name(client.token(server));
            assertThat(next).isNotEqualTo(first);
            assertThat(published(server)).containsExactlyInAnyOrder(first, next);
            assertThat(Issued.status(server, used)).isEqualTo(200);

            change(
                    server.database(),
                    "UPDATE signing_key SET signs_from = now() - interval '26 hours' WHERE signs_from > now() - interval '1 day'");
            keys.rotate();
            assertThat(published(server)).containsExactly(next);
            assertThat(Issued.status(server, unused)).isEqualTo(401);
        }
    }

    @Test
    void nodes_share_their_keys(@TempDir Path one, @TempDir Path two) throws Exception {
        TestDatabase database = TestDatabase.create();
        TestServer first = TestServer.start(database, one, TestServer.withKeys(List.of(NEW), any -> any));
        String token = Issued.on(first).token(first);
        try (TestServer second = TestServer.start(database, two, TestServer.withKeys(List.of(NEW), any -> any))) {
            assertThat(Issued.status(second, token)).isEqualTo(200);
            assertThat(published(second)).containsExactly(name(token));
            assertThat(name(Issued.on(second).token(second))).isEqualTo(name(token));
            first.stop();
        }
    }

    @Test
    void a_lost_encryption_key_costs_no_token_its_validity(@TempDir Path one, @TempDir Path two) throws Exception {
        TestDatabase database = TestDatabase.create();
        TestServer before = TestServer.start(database, one, TestServer.withKeys(List.of(OLD), any -> any));
        Issued client = Issued.on(before);
        String token = client.token(before);
        before.stop();

        try (TestServer after = TestServer.start(database, two, TestServer.withKeys(List.of(NEW), any -> any))) {
            assertThat(Issued.status(after, token)).isEqualTo(200);
            String next = client.token(after);
            assertThat(name(next)).isNotEqualTo(name(token));
            after.bean(SigningKeys.class).rotate();
            assertThat(Issued.status(after, next)).isEqualTo(200);
            assertThat(published(after)).containsExactlyInAnyOrder(name(token), name(next));
        }
    }

    @Test
    void what_is_stored_of_a_key_does_not_show_it() throws Exception {
        try (TestServer server = TestServer.start()) {
            Issued.on(server).token(server);
            var key = server.bean(SigningKeys.class).signer().jwk().toECKey();
            try (var connection = server.database().superuser();
                    var row = connection.createStatement().executeQuery("SELECT * FROM signing_key")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("public_key")).contains(key.getX().toString());
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    assertThat(row.getString(column)).doesNotContain(key.getD().toString());
                }
            }
        }
    }

    private static UnaryOperator<AccessTokenSettings> given(Algorithm algorithm, String shared, String pem) {
        return settings -> new AccessTokenSettings(
                algorithm,
                settings.lifetime(),
                settings.issuer(),
                Optional.ofNullable(shared).map(Secret::new),
                Optional.ofNullable(pem).map(Secret::new));
    }

    private static void assertTokensWork(UnaryOperator<AccessTokenSettings> change, Path directory, int publishedKeys)
            throws Exception {
        try (TestServer server =
                TestServer.start(TestDatabase.create(), directory, TestServer.withKeys(List.of(OLD), change))) {
            String token = Issued.on(server).token(server);
            assertThat(Issued.status(server, token)).isEqualTo(200);
            assertThat(Issued.status(server, token.substring(0, token.length() - 6) + "AAAAAA"))
                    .isEqualTo(401);
            assertThat(published(server)).hasSize(publishedKeys);
            if (publishedKeys > 0) {
                assertThat(published(server).getFirst()).isEqualTo(name(token));
            }
        }
    }

    @Test
    void keys_may_be_of_another_kind_given_or_in_development_shared(
            @TempDir Path one, @TempDir Path two, @TempDir Path three, @TempDir Path four) throws Exception {
        assertTokensWork(given(Algorithm.RS256, null, null), one, 1);
        assertTokensWork(given(Algorithm.ES256, null, pem("EC", 256) + pem("EC", 256)), two, 2);
        assertTokensWork(given(Algorithm.RS256, null, pem("RSA", 2_048)), three, 1);
        assertTokensWork(given(Algorithm.HS256, OLD, null), four, 0);
    }

    private static String pem(String kind, int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        return pem(generator.generateKeyPair());
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void the_public_key_that_is_worked_out_is_the_one_that_belongs_to_it() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        for (int i = 0; i < 5; i++) {
            KeyPair pair = generator.generateKeyPair();
            assertThat(PemKeys.read(pem(pair), Algorithm.ES256)
                            .getFirst()
                            .toECKey()
                            .toECPublicKey())
                    .isEqualTo(pair.getPublic());
        }
    }

    @Test
    void a_given_key_that_will_not_do_is_refused_with_a_sentence_that_does_not_show_it() throws Exception {
        for (String wrong : List.of(
                "nonsense",
                pem("RSA", 2_048),
                pem("EC", 384),
                pem("EC", 256).replace("PRIVATE", "PUBLIC"),
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> PemKeys.read(wrong, Algorithm.ES256))
                    .withMessageStartingWith("JWT_SIGNING_KEY holds ")
                    .withMessageContaining("expected: private keys in PKCS #8 PEM, on the curve P-256")
                    .withMessageNotContaining("AAAA");
        }
        String shortKey = pem("RSA", 1_024);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PemKeys.read(shortKey, Algorithm.RS256))
                .withMessageContaining("RSA of at least 2048 bits");
    }
}
