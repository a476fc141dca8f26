package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.ApgServer;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.database.DatabaseAddress;
import dev.apg.server.testing.RawConnection;
import dev.apg.server.testing.TestCertificate;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestIssuer;
import dev.apg.server.testing.TestProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A server that logs all that operators can have logged is given every kind of secret in every place where one can be, the wrong
 * ones too. What it writes, keeps and tells is searched for them.
 */
class SecretsStayHiddenTests {
    private static final String READY = "listens on ports ";
    private static final String PLATFORM_KEY = "4a6f7c0d9b1e2835f7d6c5b4a39281706f5e4d3c2b1a0998";
    private static final String ENCRYPTION_KEY = "c91b0a7e5d3f2846187766554433221100ffeeddccbbaa99";
    private static final String SECRET_KEY = "e8d7c6b5a49382710f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final String REDIS_PASSWORD = "r3d15-v3ry-s3cr3t-p4ssphr4se";

    /** In the other process. */
    public static void main(String[] arguments) {
        var context = ApgServer.start(Settings.read(System.getenv()));
        var environment = context.getEnvironment();
        System.out.println(READY + environment.getRequiredProperty("local.server.port") + " "
                + environment.getRequiredProperty("local.management.port"));
    }

    /** A server in a process of its own, and every line that it writes. */
    private static final class Talkative implements AutoCloseable {
        private final Process process;
        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
        private final Thread reader;
        private final URI api;
        private final URI metrics;
        private final List<Answer> refusals = new ArrayList<>();

        Talkative(Map<String, String> environment) throws IOException {
            var builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            SecretsStayHiddenTests.class.getName())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            process = builder.start();
            var out = process.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            while (line != null && !line.startsWith(READY)) {
                lines.add(line);
                line = out.readLine();
            }
            assertThat(line)
                    .as(() -> lines.stream()
                            .filter(each -> each.contains("Application run failed"))
                            .collect(Collectors.joining()))
                    .isNotNull();
            String[] ports = line.substring(READY.length()).split(" ");
            api = URI.create("http://127.0.0.1:" + ports[0]);
            metrics = URI.create("http://127.0.0.1:" + ports[1]);
            reader = Thread.ofVirtual().start(() -> out.lines().forEach(lines::add));
        }

        Answer send(String line, List<String> headers, String body) throws IOException {
            return send(api, line, headers, body);
        }

        private Answer send(URI to, String line, List<String> headers, String body) throws IOException {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String head = Stream.concat(
                            Stream.of(line + " HTTP/1.1", "Host: localhost", "Content-Length: " + content.length),
                            headers.stream())
                    .collect(Collectors.joining("\r\n", "", "\r\n\r\n"));
            try (var connection = new RawConnection(to)) {
                Answer answer = connection.send((head + body).getBytes(StandardCharsets.ISO_8859_1), true);
                if (answer.status() >= 400) {
                    refusals.add(answer);
                }
                return answer;
            }
        }

        String metrics() throws IOException {
            return send(metrics, "GET /metrics", List.of(), "").text();
        }

        /** All that was written, when there is no more to come. */
        List<String> end() throws InterruptedException {
            process.destroy();
            process.waitFor();
            reader.join();
            return List.copyOf(lines);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    void no_secret_is_in_any_log_audit_entry_event_metric_or_refusal() throws Exception {
        TestDatabase database = TestDatabase.create();
        DatabaseAddress address = database.server();
        TestCertificate signing = TestCertificate.of("signing", "RSA");
        Map<String, String> secrets = new LinkedHashMap<>();
        try (var provider = TestProvider.start();
                var server = new Talkative(environment(address, database.owner(), signing))) {
            String admin = "Authorization: Bearer " + tokens(server, secrets);
            comeIn(server, admin, provider, secrets);
            secrets.put("database password", address.password());
            secrets.put("owner's password", database.owner().password());
            secrets.put("Redis password", REDIS_PASSWORD);
            secrets.put("platform key", PLATFORM_KEY);
            secrets.put("encryption key", ENCRYPTION_KEY);
            secrets.put("secret key", SECRET_KEY);
            secrets.put(
                    "signing key",
                    signing.privateKey().lines().skip(1).findFirst().orElseThrow());

            for (String secret : secrets.values()) {
                misplace(server, admin, secret);
            }
            database.goAway();
            assertThat(server.send("GET /api/v1/tokens", List.of(admin), "").status())
                    .isEqualTo(503);
            database.comeBack();

            String audit = eventually(server, admin, "GET /api/v1/audit/export");
            assertThat(audit).contains("token.issued");
            String events = eventually(server, admin, "GET /api/v1/events");
            assertThat(events).contains("token");
            String metrics = server.metrics();
            assertThat(metrics).contains("http_requests_total");
            String log = String.join("\n", server.end());
            // It did say much: debug lines of ours, and refusals.
            assertThat(log).contains("\"level\":\"DEBUG\"", "was answered with 401");
            Map<String, String> told = Map.of("the log", log, "audit", audit, "events", events, "metrics", metrics);
            secrets.forEach((name, secret) -> told.forEach((place, text) ->
                    assertThat(forms(secret)).as("%s in %s", name, place).noneMatch(text::contains)));
            // What gives itself away is not even shown to whoever sent it.
            String refusals = server.refusals.stream().map(Answer::text).collect(Collectors.joining("\n"));
            for (String name :
                    List.of("administrator's token", "token", "client secret", "access token", "identity token")) {
                assertThat(forms(secrets.get(name))).as(name).noneMatch(refusals::contains);
            }
            assertThat(server.refusals).hasSizeGreaterThan(300);
        } finally {
            database.comeBack();
            database.close();
        }
    }

    private static Map<String, String> environment(
            DatabaseAddress address, DatabaseAddress owner, TestCertificate signing) throws IOException {
        String url = address.jdbcUrl().substring("jdbc:".length());
        return Map.ofEntries(
                Map.entry("ENVIRONMENT", "staging"),
                Map.entry("DEBUG", "true"),
                Map.entry("LOG_LEVEL", "trace"),
                Map.entry("PORT", "0"),
                Map.entry("METRICS_PORT", "0"),
                Map.entry("APG_DATA_DIR", Files.createTempDirectory("apg-test-").toString()),
                Map.entry("DATABASE_URL", url),
                Map.entry("DATABASE_USER", address.user()),
                Map.entry("DATABASE_PASSWORD", address.password()),
                Map.entry(
                        "DATABASE_MIGRATION_URL",
                        url.replace("://", "://%s:%s@".formatted(owner.user(), owner.password()))),
                // Nobody is there, which is worth a line.
                Map.entry("REDIS_URL", "redis://default:" + REDIS_PASSWORD + "@127.0.0.1:1/0"),
                Map.entry("APG_API_KEY", PLATFORM_KEY),
                Map.entry("ENCRYPTION_KEY", ENCRYPTION_KEY),
                Map.entry("SECRET_KEY", SECRET_KEY),
                Map.entry("APG_OUTBOUND_ALLOWED", "http://127.0.0.1"),
                Map.entry("JWT_ALGORITHM", "rs256"),
                Map.entry("JWT_SIGNING_KEY", signing.privateKey()),
                Map.entry("RATE_LIMIT_REQUESTS_PER_MINUTE", "1000000"),
                Map.entry("RATE_LIMIT_BURST", "1000000"));
    }

    /** Makes one of each kind; the answer is an administrator's token. */
    private static String tokens(Talkative server, Map<String, String> secrets) throws IOException {
        List<String> platform = List.of("Authorization: Bearer " + PLATFORM_KEY, "Content-Type: application/json");
        Answer tenant = server.send("POST /api/v1/tenants", platform, "{\"code\": \"acme\"}");
        assertThat(tenant.status()).as(tenant.text()).isEqualTo(201);
        String admin = tenant.json().at("/administrator/text").asString();
        List<String> caller = List.of("Authorization: Bearer " + admin, "Content-Type: application/json");
        Answer token = server.send("POST /api/v1/tokens", caller, "{\"label\": \"a\", \"role\": \"observer\"}");
        Answer client = server.send("POST /api/v1/clients", caller, "{\"label\": \"b\", \"role\": \"observer\"}");
        String clientSecret = client.json().get("client_secret").asString();
        String credentials = "grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(client.json().at("/client/client_id").asString(), clientSecret);
        Answer access = server.send(
                "POST /api/auth/token", List.of("Content-Type: application/x-www-form-urlencoded"), credentials);
        assertThat(access.status()).as(access.text()).isEqualTo(200);
        exchange(server, caller, secrets);
        secrets.put("administrator's token", admin);
        secrets.put("token", token.json().get("text").asString());
        secrets.put("client secret", clientSecret);
        secrets.put("access token", access.json().get("access_token").asString());
        return admin;
    }

    /** A job's, which the server asks another one about. */
    private static void exchange(Talkative server, List<String> administrator, Map<String, String> secrets)
            throws IOException {
        try (TestIssuer issuer = TestIssuer.start()) {
            Answer pipeline = server.send(
                    "POST /api/v1/pipelines",
                    administrator,
                    "{\"label\": \"c\", \"issuer\": \"%s\", \"claims\": {\"sub\": \"job\"}, \"capabilities\": [\"box\"]}"
                            .formatted(issuer.issuer()));
            String identity =
                    issuer.sign(issuer.claims(pipeline.json().get("audience").asString(), "job"));
            Answer access = server.send(
                    "POST /api/auth/token",
                    List.of("Content-Type: application/x-www-form-urlencoded"),
                    "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&client_id=%s&subject_token=%s&subject_token_type=urn:ietf:params:oauth:token-type:id_token"
                            .formatted(pipeline.json().get("client_id").asString(), identity));
            assertThat(access.status()).as(access.text()).isEqualTo(200);
            secrets.put("identity token", identity);
            secrets.put("job's access token", access.json().get("access_token").asString());
        }
    }

    /** Somebody comes in by an identity provider; what passes on the way is secret. */
    private static void comeIn(Talkative server, String admin, TestProvider provider, Map<String, String> secrets)
            throws Exception {
        provider.isVisitedBy("ada-7", Map.of("email", "ada@example.com"));
        Answer added = server.send(
                "POST /api/v1/identity-providers",
                List.of(admin, "Content-Type: application/json"),
                "{\"code\": \"corporate\", \"issuer\": \"%s\", \"client_id\": \"%s\", \"client_secret\": \"%s\", \"roles\": {\"otherwise\": \"observer\"}}"
                        .formatted(provider.url(), TestProvider.CLIENT, TestProvider.SECRET));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        Answer begun = server.send("GET /api/auth/sso/acme/corporate", List.of(), "");
        URI back = TestProvider.visit(URI.create(begun.header("Location").orElseThrow()));
        String half = begun.header("Set-Cookie").orElseThrow().split(";")[0];
        Answer end = server.send("GET " + back.getRawPath() + "?" + back.getRawQuery(), List.of("Cookie: " + half), "");
        assertThat(end.status()).as(end.text()).isEqualTo(303);
        Map<String, String> came = TestProvider.form(back.getRawQuery());
        secrets.put("provider's client secret", TestProvider.SECRET);
        secrets.put("code", came.get("code"));
        secrets.put("state", came.get("state"));
        secrets.put("browser's half", half.split("=")[1]);
        secrets.put(
                "session",
                end.headers().allValues("Set-Cookie").stream()
                        .filter(cookie -> cookie.contains("apgu_"))
                        .findFirst()
                        .orElseThrow()
                        .split(";")[0]
                        .split("=")[1]);
    }

    /** Sends a secret where it belongs, and where it does not. */
    private static void misplace(Talkative server, String admin, String secret) throws IOException {
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String basic = Base64.getEncoder().encodeToString(("apgc_x:" + secret).getBytes(StandardCharsets.UTF_8));
        for (String authorization : List.of(
                "Bearer " + secret,
                "Bearer " + secret + "x",
                "Basic " + basic,
                secret,
                "Basic " + secret,
                "Digest a=" + secret)) {
            server.send("GET /api/v1/me", List.of("Authorization: " + authorization), "");
            server.send("POST /api/auth/token", List.of("Authorization: " + authorization), "");
        }
        List<String> places = List.of(
                "Idempotency-Key",
                "If-Match",
                "If-None-Match",
                "X-APG-Min-Seq",
                "Cookie",
                "User-Agent",
                "Referer",
                "Origin",
                "X-Api-Key",
                "Accept",
                "Content-Encoding",
                "Forwarded");
        for (String header : places) {
            List<String> headers = List.of(admin, header + ": " + secret, "Content-Type: application/json");
            server.send("GET /api/v1/capabilities/nothing", headers, "");
            server.send("PUT /api/v1/capabilities/nothing/owner", headers, "{\"owner\": 1}");
        }
        if (RecognisableSecrets.isIn(secret)) {
            server.send(
                    "GET /api/v1/nothing",
                    List.of(admin, "X-Request-Id: " + secret.substring(0, Math.min(100, secret.length()))),
                    "");
        }
        for (String line : List.of(
                "GET /api/v1/capabilities/" + encoded,
                "GET /api/v1/compositions/x/revisions/" + encoded,
                "GET /api/v1/" + encoded,
                "DELETE /api/v1/tokens/" + encoded,
                "GET /api/v1/capabilities?" + encoded + "=1",
                "GET /api/v1/capabilities?limit=" + encoded,
                "GET /api/v1/capabilities?cursor=" + encoded,
                "GET /api/v1/events?after=" + encoded,
                "GET /api/v1/search?q=" + encoded,
                "GET /" + encoded)) {
            server.send(line, List.of(admin), "");
            server.send(line, List.of(), "");
        }
        for (String type :
                List.of("application/json", "application/yaml", "text/plain", "application/x-www-form-urlencoded")) {
            for (String body : List.of(
                    "{\"label\": \"" + secret,
                    "{\"label\": " + secret + "}",
                    "{\"" + secret + "\": 1}",
                    "{\"label\": \"a\", \"role\": \"" + secret + "\"}",
                    "{\"label\": \"a\", \"label\": \"" + secret + "\"}",
                    "{\"label\": \"a\\u0000" + secret + "\", \"role\": \"observer\"}",
                    "{\"client_secret\": [\"" + secret + "\"]}",
                    "grant_type=" + encoded + "&client_id=" + encoded + "&client_secret=" + encoded,
                    secret)) {
                List<String> headers = List.of(admin, "Content-Type: " + type);
                server.send("POST /api/v1/tokens", headers, body);
                server.send("POST /api/v1/compositions", headers, body);
                server.send("POST /api/auth/token", List.of("Content-Type: " + type), body);
            }
        }
    }

    /** The database may just have come back. */
    private static String eventually(Talkative server, String admin, String line) throws IOException {
        Answer answer = server.send(line, List.of(admin), "");
        for (int i = 0; i < 100 && answer.status() == 503; i++) {
            answer = server.send(line, List.of(admin), "");
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    /** As it is, and as it looks wherever it stands in a text that is encoded as a whole. Its end is what nobody can guess. */
    private static Set<String> forms(String secret) {
        String end = secret.substring(Math.max(0, secret.length() - 24));
        Set<String> forms = new TreeSet<>(List.of(end, URLEncoder.encode(end, StandardCharsets.UTF_8)));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = ("x".repeat(before) + end).getBytes(StandardCharsets.UTF_8);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String text = encoder.withoutPadding().encodeToString(shifted);
                forms.add(text.substring(before == 0 ? 0 : 4, text.length() - 4));
            }
        }
        return forms;
    }
}
