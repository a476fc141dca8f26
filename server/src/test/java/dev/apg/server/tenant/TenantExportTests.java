package dev.apg.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.archive.TenantPart;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantExportTests {
    private static final String PATH = "/api/v1/tenant/export";

    /** What is nobody's to take along: it says who is in, was mailed, or is in the other files in another form. */
    private static final Set<String> LEFT_OUT = Set.of(
            "tenant",
            "tenant_cursor",
            "event",
            "idempotency_key",
            "session",
            "account_link",
            "recovery_code",
            "exchanged_token",
            "sign_on",
            "mail");

    /** What the tests here have none of. */
    private static final Set<String> MAYBE_EMPTY =
            Set.of("pipelines.jsonl", "personal-tokens.jsonl", "identity-providers.jsonl");

    @AutoClose
    private final TestServer server = TestServer.start();

    private static Map<String, String> files(Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/zip");
        Map<String, String> files = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static List<JsonNode> lines(String file) {
        return file.lines().map(WireJson.MAPPER::readTree).toList();
    }

    /** One of everything. */
    private static List<String> fill(TestClient client) {
        String seq = "";
        for (String number : List.of("1.0.0", "1.1.0")) {
            Answer published = client.post("/api/v1/capabilities/cart/versions", """
                    {"format": "apg.version/1", "capability": "cart", "version": "%s",
                     "provides": [{"service": "carts", "version": "1.0.0"}],
                     "runtime": {"image": "registry.example/cart:%s"}}
                    """.formatted(number, number));
            assertThat(published.status()).as(published.text()).isEqualTo(201);
            seq = published.header("X-APG-Seq").orElseThrow();
        }
        TestClient later = client.with("X-APG-Min-Seq", seq).with("If-Match", "*");
        List<String> secrets = new ArrayList<>();
        for (Answer done : List.of(
                later.put(
                        "/api/v1/capabilities/cart/versions/1.0.0/state",
                        "{\"state\": \"yanked\", \"reason\": \"old\"}"),
                later.post("/api/v1/compositions?owned_by=me", "{\"code\": \"shop\"}"),
                later.post(
                        "/api/v1/compositions/shop/draft/operations",
                        "{\"operations\": [{\"op\": \"add_member\", \"capability\": \"cart\"}]}"),
                later.post("/api/v1/compositions/shop/revisions", "{\"message\": \"first\"}"),
                later.post("/api/v1/roles", "{\"code\": \"reader\", \"permissions\": [\"catalog:read\"]}"),
                later.post("/api/v1/teams", "{\"code\": \"core\"}"),
                later.put("/api/v1/login-policy", "{\"second_factor\": \"nobody\"}"),
                later.put("/api/v1/tenant/settings", "{\"audit_retention_days\": 400}"),
                later.post("/api/v1/clients", "{\"label\": \"a program\", \"role\": \"observer\"}"),
                later.post(
                        "/api/v1/accounts", Map.of("email", "ada@example.com", "name", "Ada", "role", "observer")))) {
            assertThat(done.status()).as(done.text()).isBetween(200, 201);
            for (String secret : List.of("/client_secret", "/secret", "/invitation/token")) {
                String text = done.json().at(secret).asString("");
                Stream.of(text).filter(some -> !some.isEmpty()).forEach(secrets::add);
            }
        }
        assertThat(secrets).isNotEmpty();
        return secrets;
    }

    @Test
    void everything_that_a_tenant_has_is_in_it_and_nothing_that_opens_it() throws IOException {
        var tenant = TestTenant.in(server);
        List<String> secrets = fill(tenant.client());
        fill(TestTenant.in(server).client());

        Map<String, String> files = files(tenant.client().get(PATH));

        assertThat(files.keySet().stream().toList().getFirst()).isEqualTo("tenant.json");
        assertThat(files.keySet().stream().toList().getLast()).isEqualTo("manifest.json");
        JsonNode manifest = WireJson.MAPPER.readTree(files.get("manifest.json"));
        assertThat(manifest.get("format").asString()).isEqualTo("apg.tenant-export/1");
        assertThat(manifest.get("tenant").asString()).isEqualTo("tenant-" + tenant.id());
        assertThat(manifest.get("files").findValuesAsString("name"))
                .isEqualTo(files.keySet().stream()
                        .filter(name -> !name.equals("manifest.json"))
                        .toList());
        for (JsonNode file : manifest.get("files")) {
            String name = file.get("name").asString();
            if (name.endsWith(".jsonl")) {
                byte[] content = files.get(name).getBytes(StandardCharsets.UTF_8);
                assertThat(file.get("bytes").asInt()).as(name).isEqualTo(content.length);
                assertThat(file.get("digest").asString())
                        .isEqualTo(Digest.of(content).toString());
                assertThat(lines(files.get(name)).isEmpty()).as(name).isEqualTo(MAYBE_EMPTY.contains(name));
            }
        }
        assertThat(files).containsKey("bundles/shop/1.tar");
        assertThat(lines(files.get("versions.jsonl"))).hasSize(2);
        JsonNode revision = lines(files.get("revisions.jsonl")).getFirst();
        assertThat(Digest.of(revision.get("lock").toString().getBytes(StandardCharsets.UTF_8))
                        .toString())
                .as("the lock's very bytes")
                .isEqualTo(revision.get("lock_digest").asString());
        assertThat(lines(files.get("accounts.jsonl")).getFirst().get("email").asString())
                .isEqualTo("ada@example.com");
        assertThat(files.get("audit.jsonl")).contains("\"tenant.exported\"", "\"revision.frozen\"");
        String everything = String.join("\n", files.values());
        secrets.forEach(secret -> assertThat(everything).doesNotContain(secret));
        assertThat(everything).doesNotContain(tenant.token(), "secret_hash", "password_hash", "argon2");
    }

    @Test
    void every_table_of_a_tenant_is_in_it_or_said_to_be_left_out() {
        var shown = new TreeSet<>(server.bean(TenantExports.class).parts().stream()
                .map(TenantPart::tables)
                .flatMap(List::stream)
                .toList());
        var ofTenants = new TreeSet<>(
                Stream.concat(server.bean(ErasureRepository.class).tables().stream(), ErasureRepository.LAST.stream())
                        .toList());
        ofTenants.removeAll(LEFT_OUT);
        assertThat(shown).isEqualTo(ofTenants);
    }

    @Test
    void its_catalogue_loads_into_another_tenant_with_the_same_digests() throws IOException {
        var tenant = TestTenant.in(server);
        fill(tenant.client());
        String catalogue = files(tenant.client().get(PATH)).get("catalogue.jsonl");

        TestClient other = TestTenant.in(server).client();
        Answer imported =
                other.send("POST", "/api/v1/imports", BodyPublishers.ofString(catalogue), "application/jsonl");
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        assertThat(files(other.get(PATH)).get("catalogue.jsonl")).isEqualTo(catalogue);
        assertThat(other.get("/api/v1/export").text()).isEqualTo(catalogue);
    }

    @Test
    void only_administrators_and_the_platform_take_it_and_it_is_written_down() throws IOException {
        var tenant = TestTenant.in(server);
        String text = tenant.client()
                .post("/api/v1/tokens", "{\"label\": \"reader\", \"role\": \"registry_administrator\"}")
                .json()
                .get("text")
                .asString();
        assertThat(server.client(text).get(PATH).status()).isEqualTo(403);
        String ofPlatform = "/api/v1/tenants/tenant-%s/export".formatted(tenant.id());
        assertThat(tenant.client().get(ofPlatform).status()).isEqualTo(403);
        assertThat(server.platform().get("/api/v1/tenants/nobody/export").status())
                .isEqualTo(404);

        files(server.platform().get(ofPlatform));
        JsonNode entry = tenant.client()
                .get("/api/v1/audit?action=tenant.exported")
                .json()
                .at("/items/0");
        assertThat(entry.get("actor").asString()).isEqualTo("platform");
    }

    @Test
    void a_suspended_tenant_is_exported_by_the_platform_and_a_deleted_one_by_itself_too() throws IOException {
        var tenant = TestTenant.in(server);
        String path = "/api/v1/tenants/tenant-" + tenant.id();
        assertThat(server.platform()
                        .post(path + "/suspend", "{\"reason\": \"a test\"}")
                        .status())
                .isEqualTo(200);
        assertThat(tenant.client().get(PATH).status()).isEqualTo(403);
        assertThat(files(server.platform().get(path + "/export"))).containsKey("manifest.json");

        server.platform().post(path + "/resume", "{}");
        server.platform().post(path + "/delete", "{\"reason\": \"a test\", \"grace_days\": 3}");
        assertThat(files(tenant.client().get(PATH)).get("tenant.json")).contains("\"deleting\"");
        server.platform().post(path + "/delete", "{\"reason\": \"a test\", \"grace_days\": 0}");
        assertThat(tenant.client().get(PATH).status()).isEqualTo(401);
        Answer over = server.platform().get(path + "/export");
        assertThat(over.status()).as(over.text()).isEqualTo(409);
        assertThat(over.problem()).isEqualTo("tenant.over");
    }

    @Test
    void what_is_written_meanwhile_is_in_all_of_its_files_or_in_none() throws Exception {
        var tenant = TestTenant.in(server);
        TestClient client = tenant.client();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var publishing = threads.submit((Callable<Integer>) () -> {
                int done = 0;
                for (int i = 0; i < 40; i++) {
                    done += client.post("/api/v1/capabilities", Map.of("capability", "c" + i))
                            .status();
                }
                return done;
            });
            for (int i = 0; i < 5; i++) {
                Map<String, String> files = files(client.get(PATH));
                var listed = new TreeSet<>(lines(files.get("capabilities.jsonl")).stream()
                        .map(line -> line.get("code").asString())
                        .toList());
                var audited = new TreeSet<>(lines(files.get("audit.jsonl")).stream()
                        .map(line -> line.path("entry"))
                        .filter(entry -> entry.path("action").asString("").equals("capability.registered"))
                        .map(entry -> entry.get("target").asString())
                        .toList());
                assertThat(audited).isEqualTo(listed);
                assertThat(WireJson.MAPPER
                                .readTree(files.get("tenant.json"))
                                .at("/usage/capabilities")
                                .asInt())
                        .isEqualTo(listed.size());
            }
            assertThat(publishing.get()).isEqualTo(40 * 201);
        }
    }
}
