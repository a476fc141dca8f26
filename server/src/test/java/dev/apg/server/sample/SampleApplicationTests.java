package dev.apg.server.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.LockDocument;
import dev.apg.server.testing.Commands;
import dev.apg.server.testing.PublishedComposeSchema;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Both sample applications over HTTP: imported together, as {@code make run} does, then composed, frozen, unpacked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleApplicationTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private TestClient client;

    @TempDir
    Path folder;

    @BeforeAll
    void importBoth() {
        for (Sample sample : samples()) {
            Answer imported = server.client()
                    .send("POST", "/api/v1/imports", BodyPublishers.ofString(sample.batch()), "application/yaml");
            assertThat(imported.status()).as(imported.text()).isEqualTo(200);
            assertThat(imported.json().get("created").asInt())
                    .isEqualTo(sample.versions().size());
            client = server.client()
                    .with("X-APG-Min-Seq", imported.header("X-APG-Seq").orElseThrow());
        }
        for (Sample sample : samples()) {
            Answer created = client.send(
                    "POST",
                    "/api/v1/compositions",
                    BodyPublishers.ofString(sample.text("composition.yaml")),
                    "application/yaml");
            assertThat(created.status()).as(created.text()).isEqualTo(201);
        }
    }

    static List<Sample> samples() {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_sample_resolves_freezes_and_gives_the_same_bundle_each_time(Sample sample) throws IOException {
        String path = "/api/v1/compositions/" + sample.name();
        Answer resolved = client.post(path + "/resolve", "{}");
        assertThat(resolved.json().get("status").asString()).as(resolved.text()).isEqualTo("solved");

        Answer draft = client.get(path + "/draft");
        Answer frozen = client.with("If-Match", draft.header("ETag").orElseThrow())
                .post(path + "/revisions", "{\"message\": \"The sample as it is described\"}");
        assertThat(frozen.status()).as(frozen.text()).isEqualTo(201);
        JsonNode revision = client.get(path + "/revisions/1").json();
        assertThat(revision.at("/report/valid").asBoolean()).isTrue();
        LockDocument lock = WireJson.MAPPER.treeToValue(revision.get("lock"), LockDocument.class);
        assertThat(lock.entries())
                .extracting(LockDocument.LockEntry::capability)
                .containsExactlyElementsOf(resolved.json()
                        .get("entries")
                        .valueStream()
                        .map(entry -> entry.get("capability").asString())
                        .toList());
        for (String part : List.of("/bundle", "/lock")) {
            Answer first = client.get(path + "/revisions/1" + part);
            assertThat(first.status()).isEqualTo(200);
            assertThat(client.get(path + "/revisions/1" + part).body()).isEqualTo(first.body());
        }
        Path bundle = unpacked(client.get(path + "/revisions/1/bundle").body());
        assertThat(bundle)
                .isDirectoryContaining("glob:**compose.yaml")
                .isDirectoryContaining("glob:**apg.lock.json")
                .isDirectoryContaining("glob:**sbom.cdx.json")
                .isDirectoryContaining("glob:**README.md");
        assertThat(bundle.resolve("apg.lock.json"))
                .hasBinaryContent(client.get(path + "/revisions/1/lock").body());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_published_schema_accepts_the_compose_file_of_a_sample(Sample sample) throws IOException {
        PublishedComposeSchema schema = PublishedComposeSchema.required();

        String composeFile = Files.readString(unpacked(bundleOf(sample)).resolve("compose.yaml"));

        assertThat(schema.errors(composeFile)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void kustomize_renders_the_manifests_of_a_sample(Sample sample) throws IOException {
        if (!Commands.present("kubectl")) {
            Commands.skipExceptInCi("kubectl is not installed, so kustomize does not render the samples");
        }
        Path bundle = unpacked(bundleOf(sample));

        String rendered =
                Commands.run(bundle, "kubectl", "kustomize", "kubernetes").expectSuccess();

        assertThat(rendered).contains("kind: Deployment", "kind: Service");
    }

    /** Of a composition with a code of its own, so that no test counts on what another one froze. */
    private byte[] bundleOf(Sample sample) {
        String code = sample.name() + "-" + UUID.randomUUID();
        String text = sample.text("composition.yaml")
                .replace("composition: " + sample.name() + "\n", "composition: " + code + "\n");
        Answer created = client.send("POST", "/api/v1/compositions", BodyPublishers.ofString(text), "application/yaml");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String path = "/api/v1/compositions/" + code;
        String edition = client.get(path + "/draft").header("ETag").orElseThrow();
        Answer frozen = client.with("If-Match", edition).post(path + "/revisions", "{}");
        assertThat(frozen.status()).as(frozen.text()).isEqualTo(201);
        return client.get(path + "/revisions/1/bundle").body();
    }

    private Path unpacked(byte[] bundle) throws IOException {
        Path archive = Files.write(folder.resolve("bundle.tar"), bundle);
        Path unpacked = Files.createDirectories(folder.resolve("bundle"));
        Commands.run(folder, "tar", "-xf", archive.toString(), "-C", unpacked.toString())
                .expectSuccess();
        return unpacked;
    }
}
