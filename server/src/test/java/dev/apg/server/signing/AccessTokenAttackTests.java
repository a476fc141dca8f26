package dev.apg.server.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.apg.server.testing.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers do to tokens of this kind. Each forged token differs from one that is accepted in one thing only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTokenAttackTests {
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    @AutoClose
    private final TestServer server = TestServer.start();

    private SignedJWT genuine;
    private ECKey ours;
    private ECKey theirs;

    @BeforeAll
    void issue() throws Exception {
        genuine = SignedJWT.parse(Issued.on(server).token(server));
        ours = (ECKey) server.bean(SigningKeys.class).signer().jwk();
        theirs = new ECKeyGenerator(Curve.P_256).keyID(ours.getKeyID()).generate();
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).keyID(ours.getKeyID());
    }

    private JWTClaimsSet.Builder claims() throws Exception {
        return new JWTClaimsSet.Builder(genuine.getJWTClaimsSet());
    }

    private static String signed(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWSSigner signer)
            throws Exception {
        var jwt = new SignedJWT(header.build(), claims.build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private String signedByUs(JWTClaimsSet.Builder claims) throws Exception {
        return signed(header(), claims, new ECDSASigner(ours));
    }

    private void assertAccepted(String token) {
        assertThat(Issued.status(server, token)).isEqualTo(200);
    }

    private void assertRefused(String token) {
        assertThat(server.client(token).get("/api/v1/me").problem()).as(token).isEqualTo("token.invalid");
    }

    @Test
    void the_token_that_all_others_are_made_from_is_accepted_and_says_what_the_standard_wants() throws Exception {
        assertAccepted(genuine.serialize());
        assertAccepted(signedByUs(claims()));
        assertThat(genuine.getHeader().getType()).isEqualTo(TYPE);
        assertThat(genuine.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        JWTClaimsSet claims = genuine.getJWTClaimsSet();
        assertThat(claims.getClaims().keySet())
                .containsExactlyInAnyOrder("iss", "aud", "sub", "client_id", "tenant", "scope", "jti", "iat", "exp");
        assertThat(claims.getAudience()).containsExactly(claims.getIssuer());
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isEqualTo(1_800_000);
    }

    @Test
    void a_token_that_is_not_signed_is_refused_however_that_is_written() {
        String payload = genuine.getPayload().toBase64URL().toString();
        for (String algorithm : List.of("none", "None", "NONE", "nOnE", "")) {
            String head = Base64URL.encode(
                            "{\"alg\":\"%s\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}".formatted(algorithm, ours.getKeyID()))
                    .toString();
            assertRefused(head + "." + payload + ".");
            assertRefused(head + "." + payload + "." + genuine.getSignature());
            assertRefused(head + "." + payload);
        }
        String[] parts = genuine.serialize().split("\\.");
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]));
    }

    @Test
    void our_public_key_is_no_secret_to_sign_with() throws Exception {
        JWKSet published = JWKSet.parse(server.anonymous().get("/api/auth/keys").text());
        assertThat(published.getKeys()).singleElement().satisfies(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getKeyID()).isEqualTo(ours.getKeyID());
        });
        ECKey key = (ECKey) published.getKeys().getFirst();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.encode(key.toECPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] shared : List.of(
                key.toECPublicKey().getEncoded(),
                pem.getBytes(StandardCharsets.UTF_8),
                key.toJSONString().getBytes(StandardCharsets.UTF_8),
                key.getX().decode())) {
            assertRefused(signed(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).keyID(ours.getKeyID()),
                    claims(),
                    new MACSigner(shared)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "shared",
                "../../../../dev/null",
                "/proc/self/environ",
                "file:///etc/passwd",
                "' UNION SELECT 'x' --",
                "$(touch /tmp/x)",
                "a b",
                "",
                "\u0000"
            })
    void a_name_that_is_not_one_of_our_keys_is_only_that(String name) throws Exception {
        assertRefused(signed(header().keyID(name), claims(), new ECDSASigner(ours)));
        assertRefused(signed(header().keyID(name), claims(), new ECDSASigner(theirs)));
    }

    @Test
    void a_key_that_the_token_brings_or_points_to_is_not_looked_at() throws Exception {
        var signer = new ECDSASigner(theirs);
        assertRefused(signed(header(), claims(), signer));
        assertRefused(signed(header().jwk(theirs.toPublicJWK()), claims(), signer));
        assertRefused(signed(header().jwkURL(URI.create("http://127.0.0.1:1/keys")), claims(), signer));
        assertRefused(signed(header().x509CertURL(URI.create("http://127.0.0.1:1/cert")), claims(), signer));
        assertRefused(signed(header().x509CertChain(List.of(Base64.encode("x"))), claims(), signer));
        assertRefused(signed(header().keyID(null).jwk(theirs.toPublicJWK()), claims(), signer));
        assertAccepted(signed(
                header().jwk(theirs.toPublicJWK()).jwkURL(URI.create("http://127.0.0.1:1/keys")),
                claims(),
                new ECDSASigner(ours)));
    }

    @Test
    void what_a_token_says_about_itself_must_hold() throws Exception {
        Instant now = Instant.now();
        assertRefused(signedByUs(claims().expirationTime(Date.from(now.minusSeconds(1)))));
        assertRefused(signedByUs(claims().expirationTime(null)));
        assertRefused(signedByUs(claims().notBeforeTime(Date.from(now.plusSeconds(120)))));
        assertRefused(signedByUs(claims().issueTime(Date.from(now.plusSeconds(120)))));
        assertRefused(signedByUs(claims().issueTime(null)));
        assertRefused(signedByUs(claims().issuer("https://evil.example")));
        assertRefused(signedByUs(claims().issuer(null)));
        assertRefused(signedByUs(claims().audience("https://other.example")));
        assertRefused(signedByUs(claims().audience((String) null)));
        assertRefused(signedByUs(claims().subject("apgc_nobody")));
        assertRefused(signedByUs(claims().subject(null)));
        assertRefused(signedByUs(claims().claim("scope", null)));
        assertRefused(signedByUs(claims().claim("scope", List.of("catalog:read"))));
        assertAccepted(signedByUs(claims().notBeforeTime(Date.from(now))));
    }

    @Test
    void a_token_of_one_tenant_opens_no_other() throws Exception {
        SignedJWT other = SignedJWT.parse(Issued.on(server).token(server));
        assertRefused(
                signedByUs(claims().claim("tenant", other.getJWTClaimsSet().getStringClaim("tenant"))));
        assertRefused(signedByUs(claims().subject(other.getJWTClaimsSet().getSubject())));
        assertRefused(signedByUs(claims().claim("tenant", new UUID(0, 0).toString())));
        assertRefused(signedByUs(claims().claim("tenant", "../default")));
    }

    @Test
    void a_scope_that_is_written_into_a_token_gives_no_more_than_the_client_has() throws Exception {
        String greedy = signedByUs(claims().claim("scope", "catalog:read token:administer capability:purge"));
        assertThat(server.client(greedy)
                        .get("/api/v1/me")
                        .json()
                        .get("permissions")
                        .toString())
                .isEqualTo("[\"catalog:read\"]");
    }

    @Test
    void a_token_with_anything_changed_is_refused() {
        String token = genuine.serialize();
        for (int i = 0; i < token.length(); i += 7) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            if (i != token.length() - 1) {
                assertRefused(token.substring(0, i) + other + token.substring(i + 1));
            }
        }
        assertRefused(token + "." + genuine.getSignature());
        assertRefused(token.substring(0, token.length() - 4));
    }

    @Test
    void a_token_of_another_kind_or_with_demands_that_we_do_not_know_is_refused() throws Exception {
        for (String type : List.of("JWT", "at+jwt2", "logout+jwt", "dpop+jwt")) {
            assertRefused(signed(header().type(new JOSEObjectType(type)), claims(), new ECDSASigner(ours)));
        }
        assertRefused(signed(header().type(null), claims(), new ECDSASigner(ours)));
        assertRefused(
                signed(header().criticalParams(Set.of("exp")).customParam("exp", 1), claims(), new ECDSASigner(ours)));
        var text = new JWSObject(header().build(), new Payload("not claims"));
        text.sign(new ECDSASigner(ours));
        assertRefused(text.serialize());
    }

    @Test
    void a_token_that_is_far_too_long_is_refused_unread() throws Exception {
        assertRefused(signedByUs(claims().claim("padding", "x".repeat(4_000))));
        assertThat(server.client(signedByUs(claims().claim("padding", "x".repeat(20_000))))
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(431);
    }
}
