package dev.apg.server.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.apg.server.catalog.Eventually;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.AccessTokenSettings.Algorithm;
import dev.apg.server.platform.config.Secret;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A signing key that somebody may know is taken away, whatever it has signed. */
class KeyRetirementTests {
    private static final String KEY = "0f3a9c6d1e8b47527f60c1d2e3a4b5968778695a4b3c2d1e";
    private static final String PATH = "/api/v1/signing-keys";

    /** Of nodes that share a database. */
    private static final UnaryOperator<Settings> SHARING = TestServer.withKeys(List.of(KEY), tokens -> tokens);

    private static Answer retire(TestServer node, String kid) {
        return node.platform().post(PATH + "/" + kid + "/retire", Map.of("reason", "found on a laptop"));
    }

    private static String kid(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private static List<String> published(TestServer node) throws Exception {
        return JWKSet.parse(node.anonymous().get("/api/auth/keys").text()).getKeys().stream()
                .map(JWK::getKeyID)
                .toList();
    }

    private static List<String> states(TestServer node) {
        List<String> states = new ArrayList<>();
        for (JsonNode key : node.platform().get(PATH).json().get("keys")) {
            states.add(key.get("kid").asString() + " " + key.get("state").asString());
        }
        return states;
    }

    /** What a tenant's audit log says of it: who, why. */
    private static List<String> told(TestClient administrator) {
        List<String> told = new ArrayList<>();
        for (JsonNode entry : administrator
                .get("/api/v1/audit?action=signing_key.retired")
                .json()
                .get("items")) {
            told.add("%s %s %s"
                    .formatted(
                            entry.get("actor_kind").asString(),
                            entry.get("target").asString(),
                            entry.at("/after/reason").asString()));
        }
        return told;
    }

    private static void change(TestDatabase database, String sql) throws Exception {
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void every_node_refuses_what_the_key_has_signed_and_every_tenant_is_told(@TempDir Path first, @TempDir Path second)
            throws Exception {
        try (TestServer one = TestServer.start(TestDatabase.create(), first, SHARING)) {
            TestServer two = TestServer.start(one.database(), second, SHARING);
            try {
                Issued client = Issued.on(one);
                TestClient neighbour = TestTenant.in(two).client();
                String token = client.token(one);
                String unused = client.token(one);
                String stolen = kid(token);
                for (TestServer node : List.of(one, two)) {
                    assertThat(Issued.status(node, token)).isEqualTo(200);
                }
                assertThat(states(two)).containsExactly(stolen + " signing");

                Answer retired = retire(one, stolen);
                assertThat(retired.status()).as(retired.text()).isEqualTo(200);
                assertThat(retired.json().get("state").asString()).isEqualTo("retired");
                assertThat(one.client(token).get("/api/v1/me").problem())
                        .as("here before the answer")
                        .isEqualTo("token.invalid");
                Eventually.holds(() -> assertThat(Issued.status(two, token)).isEqualTo(401));
                for (TestServer node : List.of(one, two)) {
                    assertThat(Issued.status(node, unused)).isEqualTo(401);
                    String next = client.token(node);
                    assertThat(kid(next)).isNotEqualTo(stolen);
                    assertThat(Issued.status(one, next)).isEqualTo(200);
                    assertThat(Issued.status(two, next)).isEqualTo(200);
                    assertThat(published(node)).containsExactly(kid(next));
                    assertThat(states(node)).containsExactly(kid(next) + " signing", stolen + " retired");
                }

                String entry = "platform " + stolen + " found on a laptop";
                for (TestClient administrator : List.of(client.administrator(), neighbour)) {
                    Eventually.holds(() -> assertThat(told(administrator)).containsExactly(entry));
                }
                assertThat(retire(two, stolen).json()).as("again is the same").isEqualTo(retired.json());

                change(one.database(), "UPDATE signing_key_retirement SET told_at = NULL");
                TestClient late = TestTenant.in(one).client();
                two.bean(RetirementNews.class).tell();
                one.bean(RetirementNews.class).tell();
                for (TestClient administrator : List.of(client.administrator(), neighbour, late)) {
                    assertThat(told(administrator))
                            .as("told by whichever node goes on, once")
                            .containsExactly(entry);
                }
                change(one.database(), "UPDATE signing_key_retirement SET reason = reason WHERE told_at IS NOT NULL");
            } finally {
                two.stop();
            }
        }
    }

    @Test
    void a_node_that_hears_nothing_refuses_it_after_some_seconds(@TempDir Path first, @TempDir Path second)
            throws Exception {
        try (TestServer one = TestServer.start(TestDatabase.create(), first, SHARING)) {
            TestServer deaf = TestServer.start(
                    one.database(),
                    second,
                    settings -> TestServer.withFeed(
                                    feed -> new Settings.Feed(Duration.ofHours(1), false, feed.longestWait()))
                            .apply(SHARING.apply(settings)));
            try {
                String token = Issued.on(one).token(one);
                assertThat(Issued.status(deaf, token)).isEqualTo(200);
                assertThat(retire(one, kid(token)).status()).isEqualTo(200);
                Eventually.holds(() -> assertThat(Issued.status(deaf, token)).isEqualTo(401));
            } finally {
                deaf.stop();
            }
        }
    }

    @Test
    void a_key_that_does_not_sign_yet_or_any_more_is_taken_away_and_the_others_stay() throws Exception {
        try (TestServer server = TestServer.start()) {
            Issued client = Issued.on(server);
            SigningKeys keys = server.bean(SigningKeys.class);
            String first = client.token(server);
            change(server.database(), "UPDATE signing_key SET signs_from = now() - interval '90 days'");
            keys.rotate();
            assertThat(states(server)).hasSize(2);
            String next = states(server).getFirst();
            assertThat(next).endsWith(" next");

            assertThat(retire(server, next.split(" ")[0]).status()).isEqualTo(200);
            assertThat(published(server)).containsExactly(kid(first));
            assertThat(Issued.status(server, first)).isEqualTo(200);
            keys.rotate();
            assertThat(published(server)).as("another next one").hasSize(2);

            change(server.database(), "UPDATE signing_key SET signs_from = now() WHERE signs_from > now()");
            keys.rotate();
            String second = client.token(server);
            assertThat(states(server)).contains(kid(first) + " verifying", kid(second) + " signing");
            assertThat(retire(server, kid(first)).status()).isEqualTo(200);
            assertThat(Issued.status(server, first)).isEqualTo(401);
            assertThat(Issued.status(server, second)).isEqualTo(200);
            assertThat(kid(client.token(server))).isEqualTo(kid(second));
        }
    }

    @Test
    void only_the_platform_takes_keys_away_and_only_those_that_the_server_makes(@TempDir Path directory)
            throws Exception {
        try (TestServer server = TestServer.start()) {
            String kid = kid(Issued.on(server).token(server));
            Answer denied = TestTenant.in(server)
                    .client()
                    .post(PATH + "/" + kid + "/retire", Map.of("reason", "found on a laptop"));
            assertThat(denied.status() + " " + denied.problem()).isEqualTo("403 permission.denied");
            assertThat(retire(server, "nothing").problem()).isEqualTo("signing_key.not_found");
            assertThat(published(server)).containsExactly(kid);
        }
        try (TestServer server = TestServer.start(
                TestDatabase.create(),
                directory,
                TestServer.withKeys(
                        List.of(KEY),
                        tokens -> new AccessTokenSettings(
                                Algorithm.HS256,
                                tokens.lifetime(),
                                tokens.issuer(),
                                Optional.of(new Secret("7b1e9d3c5a2f48606e4d2c1b0a998877665544332211ffee")),
                                Optional.empty())))) {
            assertThat(states(server)).containsExactly("shared signing");
            Answer refused = retire(server, "shared");
            assertThat(refused.status() + " " + refused.problem()).isEqualTo("409 signing_key.given");
        }
    }
}
