package dev.apg.server.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.apg.contract.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A real issuer of OpenID Connect tokens on this machine: a discovery document, a key set, and whatever endpoints a test adds.
 */
public final class TestIssuer implements AutoCloseable {
    public static final String DISCOVERY = "/.well-known/openid-configuration";
    public static final String KEYS = "/keys";

    private final HttpServer server;
    private final Map<String, Object> document = new ConcurrentHashMap<>();
    private final List<JWK> keys = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    private TestIssuer(HttpServer server) {
        this.server = server;
    }

    /** With one key, for ES256. */
    public static TestIssuer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            var issuer = new TestIssuer(server);
            issuer.rotate();
            issuer.says("issuer", issuer.issuer()).says("jwks_uri", issuer.issuer() + KEYS);
            issuer.answers(
                    DISCOVERY, exchange -> send(exchange, 200, WireJson.MAPPER.writeValueAsString(issuer.document)));
            issuer.answers(KEYS, exchange -> send(exchange, 200, new JWKSet(issuer.keys).toString(true)));
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it calls itself. */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Writes something into the discovery document. */
    public TestIssuer says(String name, Object value) {
        document.put(name, value);
        return this;
    }

    /** Answers under a path, from now on, instead of what was there. */
    public TestIssuer answers(String path, HttpHandler handler) {
        if (asked.putIfAbsent(path, new AtomicInteger()) != null) {
            server.removeContext(path);
        }
        server.createContext(path, exchange -> {
            asked.get(path).incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
        return this;
    }

    /** How often that was asked for. */
    public int asked(String path) {
        return asked.get(path).get();
    }

    public static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Another key signs from now on; the ones before are still published. */
    public ECKey rotate() {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            keys.add(key);
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes a key more, which signs nothing by itself. */
    public RSAKey addRsa(int bits) {
        try {
            RSAKey key = new RSAKeyGenerator(bits, true)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            keys.addFirst(key);
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes keys no longer, except for the one that signs. */
    public void forgetOldKeys() {
        keys.retainAll(List.of(key()));
    }

    /** The one that signs. */
    public ECKey key() {
        return (ECKey) keys.getLast();
    }

    /** What a token says that is valid for five minutes. */
    public Map<String, Object> claims(String audience, String subject) {
        long now = Instant.now().getEpochSecond();
        return new TreeMap<>(Map.of(
                "iss", issuer(),
                "aud", audience,
                "sub", subject,
                "iat", now,
                "nbf", now,
                "exp", now + 300,
                "jti", UUID.randomUUID().toString()));
    }

    public String sign(Map<String, Object> claims) {
        try {
            return sign(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(JOSEObjectType.JWT)
                            .keyID(key().getKeyID())
                            .build(),
                    claims,
                    new ECDSASigner(key()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String sign(RSAKey key, JWSAlgorithm algorithm, Map<String, Object> claims) {
        try {
            return sign(
                    new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(),
                    claims,
                    new RSASSASigner(key, true));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a header and a signer of one's own. */
    public static String sign(JWSHeader header, Map<String, Object> claims, JWSSigner signer) {
        try {
            var jwt = new JWSObject(
                    header, new Payload(escaped(JWTClaimsSet.parse(claims).toString())));
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In ASCII: then there may be halves of surrogate pairs, too. */
    private static String escaped(String json) {
        return json.chars()
                .mapToObj(c -> c < 0x80 ? Character.toString(c) : "\\u%04x".formatted(c))
                .collect(Collectors.joining());
    }

    /** It is away from now on. */
    @Override
    public void close() {
        server.stop(0);
    }
}
