package dev.apg.server.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A real identity provider on this machine: an issuer at which somebody is logged in already, so that browsers are sent back at
 * once. It holds its clients to the authorization code flow with PKCE.
 */
public final class TestProvider implements AutoCloseable {
    public static final String CLIENT = "apg";
    public static final String SECRET = "corporate client/secret:7b1f0c";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String AUTHORIZE = "/authorize";
    private static final String TOKEN = "/token";
    private static final String USER_INFO = "/userinfo";

    private final TestIssuer issuer = TestIssuer.start();
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, Person> accessTokens = new ConcurrentHashMap<>();
    private volatile Person visitor = new Person("nobody", Map.of(), Map.of());
    private volatile Consumer<Map<String, Object>> twist = claims -> {};
    private volatile Function<Map<String, Object>, String> signing = issuer::sign;

    private TestProvider() {}

    /** @param more what only the userinfo endpoint tells */
    private record Person(String subject, Map<String, Object> claims, Map<String, Object> more) {}

    private record Grant(Map<String, String> asked, Person person) {}

    public static TestProvider start() {
        var provider = new TestProvider();
        TestIssuer issuer = provider.issuer;
        issuer.says("authorization_endpoint", issuer.issuer() + AUTHORIZE)
                .says("token_endpoint", issuer.issuer() + TOKEN)
                .says("userinfo_endpoint", issuer.issuer() + USER_INFO)
                .says("authorization_response_iss_parameter_supported", true)
                .answers(AUTHORIZE, provider::authorize)
                .answers(TOKEN, provider::exchange)
                .answers(USER_INFO, provider::tell);
        return provider;
    }

    public TestIssuer issuer() {
        return issuer;
    }

    public String url() {
        return issuer.issuer();
    }

    /** Who is logged in there from now on. */
    public void isVisitedBy(String subject, Map<String, Object> claims) {
        isVisitedBy(subject, claims, Map.of());
    }

    public void isVisitedBy(String subject, Map<String, Object> claims, Map<String, Object> more) {
        visitor = new Person(subject, claims, more);
    }

    /** Changes what its tokens say. */
    public void twists(Consumer<Map<String, Object>> change) {
        twist = change;
    }

    /** Makes tokens otherwise than with its key. */
    public void signs(Function<Map<String, Object>, String> other) {
        signing = other;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        boolean right = "code".equals(asked.get("response_type"))
                && CLIENT.equals(asked.get("client_id"))
                && "S256".equals(asked.get("code_challenge_method"))
                && Arrays.asList(asked.get("scope").split(" ")).contains("openid");
        if (!right) {
            TestIssuer.send(exchange, 400, "{\"error\": \"invalid_request\"}");
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new Grant(asked, visitor));
        Map<String, String> answer =
                Map.of("code", code, "state", asked.get("state"), "iss", url(), "session_state", "x");
        exchange.getResponseHeaders().set("Location", asked.get("redirect_uri") + "?" + query(answer));
        exchange.sendResponseHeaders(302, -1);
    }

    private void exchange(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        String credentials = "Basic "
                + Base64.getEncoder()
                        .encodeToString((encoded(CLIENT) + ":" + encoded(SECRET)).getBytes(StandardCharsets.US_ASCII));
        if (!credentials.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            TestIssuer.send(exchange, 401, "{\"error\": \"invalid_client\"}");
            return;
        }
        Grant grant = codes.remove(form.get("code"));
        if (grant == null
                || !"authorization_code".equals(form.get("grant_type"))
                || !grant.asked().get("redirect_uri").equals(form.get("redirect_uri"))
                || !grant.asked().get("code_challenge").equals(challenge(form.get("code_verifier")))) {
            TestIssuer.send(exchange, 400, "{\"error\": \"invalid_grant\", \"error_description\": \"not yours\"}");
            return;
        }
        String access = UUID.randomUUID().toString();
        accessTokens.put(access, grant.person());
        Map<String, Object> claims = issuer.claims(CLIENT, grant.person().subject());
        claims.put("nonce", grant.asked().get("nonce"));
        claims.put("at_hash", halfHash(access));
        claims.putAll(grant.person().claims());
        twist.accept(claims);
        TestIssuer.send(
                exchange,
                200,
                WireJson.MAPPER.writeValueAsString(Map.of(
                        "access_token",
                        access,
                        "token_type",
                        "Bearer",
                        "expires_in",
                        60,
                        "id_token",
                        signing.apply(claims))));
    }

    private void tell(HttpExchange exchange) throws IOException {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        Person person = accessTokens.get(authorization.replaceFirst("^Bearer ", ""));
        if (person == null) {
            TestIssuer.send(exchange, 401, "{\"error\": \"invalid_token\"}");
            return;
        }
        Map<String, Object> told = new TreeMap<>(person.more());
        told.putIfAbsent("sub", person.subject());
        TestIssuer.send(exchange, 200, WireJson.MAPPER.writeValueAsString(told));
    }

    private static String challenge(String verifier) {
        byte[] digest = Digest.of(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII))
                .bytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    private static String halfHash(String access) {
        byte[] digest = Digest.of(access.getBytes(StandardCharsets.US_ASCII)).bytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));
    }

    /** What a browser does that is sent there: where it is sent back to. */
    public static URI visit(URI address) {
        try {
            var answer = HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 302) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            return URI.create(answer.headers().firstValue("Location").orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The parameters of a form or a query. */
    public static Map<String, String> form(String text) {
        Map<String, String> form = new TreeMap<>();
        for (String parameter : text.split("&")) {
            String[] parts = parameter.split("=", 2);
            form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts.length == 1 ? "" : parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    public static String query(Map<String, String> parameters) {
        var query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(encoded(value)));
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** It is away from now on. */
    @Override
    public void close() {
        issuer.close();
    }
}
