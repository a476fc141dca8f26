package dev.apg.server.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.apg.server.issuer.IssuerException.Reason;
import dev.apg.server.platform.outbound.Outbound;
import dev.apg.server.testing.TestIssuer;
import dev.apg.server.testing.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a real issuer on this machine, and those of whoever would like to be it. */
class IssuersTests {
    private static final String US = "https://apg.example";
    private static TestServer server;

    private TestIssuer issuer;
    private Issuers issuers;

    @BeforeAll
    static void startServer() {
        server = TestServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void startIssuer() {
        issuer = TestIssuer.start();
        issuers = new Issuers(server.bean(Outbound.class));
    }

    @AfterEach
    void stopIssuer() {
        issuer.close();
    }

    private Map<String, Object> claims() {
        return issuer.claims(US, "repo:acme/cart:ref:refs/heads/main");
    }

    private Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    private Map<String, Object> without(String name) {
        Map<String, Object> claims = claims();
        claims.remove(name);
        return claims;
    }

    private IdentityToken verify(String token) throws IssuerException {
        return issuers.verify(issuer.issuer(), US, token);
    }

    private IssuerException refused(String token) {
        IssuerException refused = catchThrowableOfType(IssuerException.class, () -> verify(token));
        assertThat(refused).as(token).isNotNull();
        return refused;
    }

    private void assertRefused(String token, String why) {
        IssuerException refused = refused(token);
        assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(Reason.TOKEN);
        assertThat(refused).hasMessageContaining(why);
    }

    private void assertAway(String why) {
        IssuerException refused = refused(issuer.sign(claims()));
        assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(Reason.ISSUER);
        assertThat(refused).hasMessageContaining(why);
    }

    @Test
    void a_token_of_the_issuer_for_us_is_believed() throws Exception {
        Map<String, Object> claims = claims("groups", List.of("dev", "ops"));
        claims.put("aud", List.of("https://other.example", US));
        claims.put("run_attempt", 2);
        claims.put("protected", true);
        IdentityToken token = verify(issuer.sign(claims));
        assertThat(token.subject()).isEqualTo("repo:acme/cart:ref:refs/heads/main");
        assertThat(token.text("run_attempt")).contains("2");
        assertThat(token.text("protected")).contains("true");
        assertThat(token.text("groups")).isEmpty();
        assertThat(token.texts("groups")).containsExactly("dev", "ops");
        assertThat(token.texts("sub")).containsExactly(token.subject());
        assertThat(token.texts("none")).isEmpty();
        assertThat(token.toString()).doesNotContain("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void algorithms_of_rsa_are_known(String algorithm) throws Exception {
        RSAKey key = issuer.addRsa(2_048);
        assertThat(verify(TestIssuer.sign(key, JWSAlgorithm.parse(algorithm), claims()))
                        .issuer())
                .isEqualTo(issuer.issuer());
    }

    @Test
    void what_the_token_says_of_itself_must_fit() {
        long now = Instant.now().getEpochSecond();
        assertRefused(issuer.sign(claims("iss", "https://other.example")), "another issuer's");
        assertRefused(issuer.sign(claims("iss", issuer.issuer() + "/")), "another issuer's");
        assertRefused(issuer.sign(without("iss")), "another issuer's");
        assertRefused(issuer.sign(claims("aud", "https://other.example")), "for somebody else");
        assertRefused(issuer.sign(claims("aud", US + "/")), "for somebody else");
        assertRefused(issuer.sign(without("aud")), "for somebody else");
        assertRefused(issuer.sign(claims("exp", now - 61)), "expired");
        assertRefused(issuer.sign(without("exp")), "does not expire");
        assertRefused(issuer.sign(claims("iat", now + 120)), "not valid yet");
        assertRefused(issuer.sign(without("iat")), "when it was issued");
        assertRefused(issuer.sign(claims("nbf", now + 120)), "not valid yet");
        assertRefused(issuer.sign(without("sub")), "whom it is about");
        assertRefused(issuer.sign(claims("filler", "x".repeat(17_000))), "too long");
    }

    @Test
    void clocks_may_differ_a_little() throws Exception {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = claims("exp", now - 30);
        claims.put("nbf", now + 30);
        claims.put("iat", now + 30);
        assertThat(verify(issuer.sign(claims)).expiresAt()).isEqualTo(Instant.ofEpochSecond(now - 30));
    }

    @Test
    void a_token_without_a_signature_is_none() throws ParseException {
        String plain = new PlainJWT(JWTClaimsSet.parse(claims())).serialize();
        assertRefused(plain, "no signed JSON Web Token");
        String signed = issuer.sign(claims());
        assertRefused(signed.substring(0, signed.lastIndexOf('.') + 1), "no signed JSON Web Token");
        for (String none : List.of("none", "None", "nOnE")) {
            assertRefused(
                    encoded("{\"alg\":\"%s\",\"kid\":\"%s\"}"
                                    .formatted(none, issuer.key().getKeyID())) + "." + signed.split("\\.")[1] + "."
                            + signed.split("\\.")[2],
                    "");
        }
        assertRefused("", "no signed JSON Web Token");
        assertRefused("a.b.c", "no signed JSON Web Token");
        assertRefused("..", "no signed JSON Web Token");
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_public_is_no_shared_key() throws Exception {
        RSAKey rsa = issuer.addRsa(2_048);
        List<byte[]> secrets = List.of(
                rsa.toPublicKey().getEncoded(),
                rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                ("-----BEGIN PUBLIC KEY-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                        .encodeToString(rsa.toPublicKey().getEncoded())
                                + "\n-----END PUBLIC KEY-----\n")
                        .getBytes(StandardCharsets.US_ASCII));
        for (byte[] secret : secrets) {
            assertRefused(
                    TestIssuer.sign(
                            new JWSHeader.Builder(JWSAlgorithm.HS256)
                                    .keyID(rsa.getKeyID())
                                    .build(),
                            claims(),
                            new MACSigner(secret)),
                    "not signed with a key");
        }
    }

    @Test
    void a_key_that_the_token_brings_or_names_elsewhere_is_not_looked_at() throws Exception {
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID("own").generate();
        TestIssuer other = TestIssuer.start();
        try (other) {
            var ecdsa = new ECDSASigner(own);
            assertRefused(
                    TestIssuer.sign(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .jwk(own.toPublicJWK())
                                    .keyID("own")
                                    .build(),
                            claims(),
                            ecdsa),
                    "not signed with a key");
            assertRefused(
                    TestIssuer.sign(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .jwkURL(URI.create(other.issuer() + TestIssuer.KEYS))
                                    .keyID(other.key().getKeyID())
                                    .build(),
                            claims(),
                            new ECDSASigner(other.key())),
                    "not signed with a key");
            assertRefused(
                    TestIssuer.sign(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .keyID(issuer.key().getKeyID())
                                    .build(),
                            claims(),
                            ecdsa),
                    "The signature of the token is not that of");
            assertRefused(other.sign(claims()), "not signed with a key");
            assertRefused(other.sign(other.claims(US, "a")), "another issuer's");
            assertThat(other.asked(TestIssuer.KEYS)).isZero();
        }
    }

    @Test
    void other_kinds_of_tokens_are_not_taken_for_identity() throws JOSEException {
        var signer = new ECDSASigner(issuer.key());
        for (String type : List.of("at+jwt", "logout+jwt", "dpop+jwt")) {
            assertRefused(
                    TestIssuer.sign(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .type(new JOSEObjectType(type))
                                    .keyID(issuer.key().getKeyID())
                                    .build(),
                            claims(),
                            signer),
                    "another type");
        }
    }

    @Test
    void keys_that_are_weak_or_not_for_signing_or_told_to_all_verify_nothing() throws Exception {
        RSAKey weak = issuer.addRsa(1_024);
        RSAKey good = issuer.addRsa(2_048);
        assertRefused(TestIssuer.sign(weak, JWSAlgorithm.RS256, claims()), "not signed with a key");
        assertThat(verify(TestIssuer.sign(good, JWSAlgorithm.RS256, claims())).subject())
                .isNotEmpty();
        ECKey spilt = new ECKeyGenerator(Curve.P_256).keyID("spilt").generate();
        String sets =
                "{\"keys\":[%s,{\"kty\":\"oct\",\"kid\":\"shared\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"},{\"kty\":\"X\"},7]}"
                        .formatted(spilt.toJSONString());
        issuer.answers(TestIssuer.KEYS, exchange -> TestIssuer.send(exchange, 200, sets));
        issuers = new Issuers(server.bean(Outbound.class));
        assertRefused(
                TestIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("spilt").build(),
                        claims(),
                        new ECDSASigner(spilt)),
                "not signed with a key");
        assertRefused(
                TestIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID("shared")
                                .build(),
                        claims(),
                        new MACSigner(new byte[32])),
                "not signed with a key");
    }

    @Test
    void keys_are_remembered_and_looked_for_again_when_they_change_but_not_for_ever() throws Exception {
        for (int i = 0; i < 20; i++) {
            verify(issuer.sign(claims()));
        }
        assertThat(issuer.asked(TestIssuer.DISCOVERY)).isEqualTo(1);
        assertThat(issuer.asked(TestIssuer.KEYS)).isEqualTo(1);
        issuer.rotate();
        verify(issuer.sign(claims()));
        assertThat(issuer.asked(TestIssuer.KEYS)).isEqualTo(2);
        ECKey unknown = new ECKeyGenerator(Curve.P_256).keyID("unknown").generate();
        String forged = TestIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("unknown").build(), claims(), new ECDSASigner(unknown));
        for (int i = 0; i < 50; i++) {
            assertRefused(forged, "not signed with a key");
        }
        assertThat(issuer.asked(TestIssuer.KEYS)).isBetween(3, 10);
        verify(issuer.sign(claims()));
    }

    @Test
    void while_the_issuer_is_away_what_is_known_of_it_holds() throws Exception {
        String token = issuer.sign(claims());
        verify(token);
        ECKey unknown = new ECKeyGenerator(Curve.P_256).keyID("unknown").generate();
        issuer.close();
        verify(token);
        assertRefused(
                TestIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("unknown")
                                .build(),
                        claims(),
                        new ECDSASigner(unknown)),
                "not signed with a key");
        issuers = new Issuers(server.bean(Outbound.class));
        assertAway("cannot be asked");
    }

    @Test
    void an_issuer_that_is_away_is_not_asked_by_everybody() {
        issuer.answers(TestIssuer.DISCOVERY, exchange -> TestIssuer.send(exchange, 500, "{\"c4n4ry\":1}"));
        for (int i = 0; i < 10; i++) {
            assertAway("answers with status 500 when it is asked for openid-configuration (expected: 200)");
        }
        assertThat(issuer.asked(TestIssuer.DISCOVERY)).isEqualTo(1);
    }

    static List<Map.Entry<String, String>> documents() {
        return List.of(
                Map.entry("", "is no JSON object"),
                Map.entry("[]", "is no JSON object"),
                Map.entry("{c4n4ry", "is no JSON object"),
                Map.entry("{}", "the document of another issuer"),
                Map.entry("{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"%s/keys\"}", "another issuer"),
                Map.entry("{\"issuer\":\"%s/\",\"jwks_uri\":\"%s/keys\"}", "another issuer"),
                Map.entry("{\"issuer\":[\"%s\"],\"jwks_uri\":\"%s/keys\"}", "another issuer"),
                Map.entry("{\"issuer\":\"%s\"}", "names no key set"),
                Map.entry("{\"issuer\":\"%s\",\"jwks_uri\":7}", "The jwks_uri of"),
                Map.entry("{\"issuer\":\"%s\",\"jwks_uri\":\"http://169.254.169.254/latest\"}", "cannot be called"),
                Map.entry("{\"issuer\":\"%s\",\"jwks_uri\":\"file:///etc/passwd\"}", "expected: https://"),
                Map.entry(
                        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"token_endpoint\":\"https://10.0.0.1/\"}",
                        "The token_endpoint of"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void an_issuer_that_says_something_else_is_not_believed(Map.Entry<String, String> document) {
        String text = document.getKey().replace("%s", issuer.issuer());
        issuer.answers(TestIssuer.DISCOVERY, exchange -> TestIssuer.send(exchange, 200, text));
        assertAway(document.getValue());
        assertThat(refused(issuer.sign(claims()))).message().doesNotContain("c4n4ry");
    }

    @Test
    void a_redirect_of_an_issuer_leads_nowhere() {
        TestIssuer other = TestIssuer.start();
        try (other) {
            issuer.answers(TestIssuer.DISCOVERY, exchange -> {
                exchange.getResponseHeaders().set("Location", other.issuer() + TestIssuer.DISCOVERY);
                TestIssuer.send(exchange, 307, "");
            });
            assertAway("answers with status 307");
            assertThat(other.asked(TestIssuer.DISCOVERY)).isZero();
        }
    }

    @Test
    void what_single_sign_on_needs_is_told() throws Exception {
        issuer.says("authorization_endpoint", issuer.issuer() + "/authorize")
                .says("token_endpoint", issuer.issuer() + "/token")
                .says("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
        Discovery discovery = issuers.discover(issuer.issuer());
        assertThat(discovery.authorizationEndpoint()).contains(issuer.issuer() + "/authorize");
        assertThat(discovery.tokenEndpoint()).contains(issuer.issuer() + "/token");
        assertThat(discovery.endSessionEndpoint()).isEmpty();
        assertThat(discovery.tokenAuthentication()).containsExactly("client_secret_post");
        assertThat(discovery.keys()).isEqualTo(issuer.issuer() + TestIssuer.KEYS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1",
                "ftp://id.example.com",
                "https://id.example.com/?tenant=1",
                "https://id.example.com/#a",
                "https://user@id.example.com",
                "id.example.com",
                ""
            })
    void what_cannot_be_an_issuer_is_none(String text) {
        assertThat(catchThrowableOfType(IssuerException.class, () -> issuers.require(text)))
                .as(text)
                .isNotNull()
                .hasMessageContaining("expected: ");
    }
}
