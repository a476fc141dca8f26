package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreezeTests {
    private static final String RUNTIME = """
            "runtime": {"image": "registry.example/%s@sha256:%s", "user": 1000,
              "ports": [{"name": "main", "port": 7000}]%s}
            """;

    private TestServer server;
    private TestServer otherNode;
    private Catalogue catalogue;

    @BeforeAll
    void start() {
        server = TestServer.start();
        otherNode = TestServer.start(server.database());
        catalogue = new Catalogue(server.client());
        publish(catalogue);
    }

    private static void publish(Catalogue catalogue) {
        catalogue
                .publish("redis", "7.0.0", provides("store", "1.0.0"), runtime("redis", ""))
                .publish("redis", "7.1.0", provides("store", "1.0.0"), runtime("redis", ""))
                .publish(
                        "cart",
                        "1.0.0",
                        "\"requirements\": [{\"name\": \"store\", \"any_of\": [{\"service\": \"store\"}]}]",
                        runtime("cart", """
                                , "environment": [{"name": "STORE", "provider": {"requirement": "store"}}]"""))
                .publish("shop", "1.0.0", requires("cart", "^1.0.0"), runtime("shop", ""))
                .publish("plugin", "1.0.0");
    }

    private static String runtime(String image, String rest) {
        return RUNTIME.formatted(image, "ab".repeat(32), rest);
    }

    @AfterAll
    void stop() {
        otherNode.close();
        server.close();
    }

    @Test
    void a_revision_keeps_draft_lock_report_and_bundle_and_every_node_serves_the_same_bytes() {
        Composition composition = catalogue.compose("kept", "shop").freeze();
        JsonNode revision = composition.read("/revisions/1").json();
        assertThat(revision.get("message").asString()).isEqualTo("a test");
        assertThat(revision.get("draft_number").asLong()).isEqualTo(1);
        assertThat(revision.at("/report/valid").asBoolean()).isTrue();
        assertThat(revision.at("/draft/members/0/capability").asString()).isEqualTo("shop");
        assertThat(revision.at("/lock/entries").size()).isEqualTo(3);
        assertThat(revision.at("/lock/bindings/0/port").asString()).isEqualTo("main");
        assertThat(revision.get("frozen_at").asString()).matches("[0-9T:-]{19}Z");
        assertThat(composition.read("").json().get("head").asInt()).isEqualTo(1);

        for (String part : List.of("lock", "bundle")) {
            Answer here = composition.read("/revisions/1/" + part);
            Answer there = otherNode.client(server.token()).get(composition.path() + "/revisions/1/" + part);
            assertThat(here.status()).isEqualTo(200);
            assertThat(there.body()).as(part).isEqualTo(here.body());
            String digest = revision.get(part + "_digest").asString();
            assertThat(Digest.of(here.body())).hasToString(digest);
            assertThat(here.header("ETag")).contains("\"" + digest + "\"");
            assertThat(here.header("Cache-Control").orElseThrow())
                    .contains("private", part.equals("lock") ? "immutable" : "no-cache");
            Answer unchanged = catalogue
                    .reader()
                    .with("If-None-Match", "\"" + digest + "\"")
                    .get(composition.path() + "/revisions/1/" + part);
            assertThat(unchanged.status()).isEqualTo(304);
            Answer head = catalogue
                    .reader()
                    .send("HEAD", composition.path() + "/revisions/1/" + part, BodyPublishers.noBody(), null);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).contains(Integer.toString(here.body().length));
        }
        assertThat(composition.read("/revisions/1/bundle").header("Content-Type"))
                .contains("application/x-tar");
    }

    @Test
    void the_same_catalogue_and_draft_give_the_same_lock_on_a_server_of_its_own() {
        Composition here = catalogue.compose("twin", "shop", "plugin").freeze();
        try (TestServer elsewhere = TestServer.start()) {
            Catalogue copy = new Catalogue(elsewhere.client());
            publish(copy);
            Composition there = copy.compose("twin", "plugin", "shop").freeze();
            assertThat(there.read("/revisions/1/lock").body())
                    .isEqualTo(here.read("/revisions/1/lock").body());
        }
    }

    @Test
    void freezing_needs_the_number_of_the_draft_as_it_is() {
        Composition composition = catalogue.compose("stale", "shop");
        String seen = composition.draftTag();
        composition.apply("{\"op\": \"add_member\", \"capability\": \"plugin\"}");
        String path = composition.path() + "/revisions";
        assertThat(catalogue.reader().post(path, "{}").status()).isEqualTo(428);
        Answer stale = catalogue.reader().with("If-Match", seen).post(path, "{}");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.problem()).isEqualTo("precondition.failed");
        assertThat(composition.read("/revisions").json().get("total_count").asInt())
                .isZero();
    }

    @Test
    void of_writers_who_freeze_the_same_draft_one_gets_the_revision() throws Exception {
        Composition composition = catalogue.compose("raced", "shop");
        String tag = composition.draftTag();
        List<Callable<Answer>> writers = Collections.nCopies(
                6, () -> catalogue.reader().with("If-Match", tag).post(composition.path() + "/revisions", "{}"));
        List<Integer> statuses = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> writer : pool.invokeAll(writers)) {
                Answer answer = writer.get();
                statuses.add(answer.status());
                if (answer.status() != 201) {
                    assertThat(answer.problem()).isEqualTo("revision.unchanged");
                }
            }
        }
        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(composition.read("/revisions").json().get("total_count").asInt())
                .isEqualTo(1);
    }

    @Test
    void a_draft_with_errors_is_not_frozen_and_the_problem_lists_them() {
        Composition composition = catalogue.compose("broken", "shop");
        composition.apply("{\"op\": \"exclude\", \"capability\": \"redis\"}");
        Answer answer = composition.tryToFreeze();
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("composition.invalid");
        assertThat(answer.json().at("/errors/0/code").asString()).isEqualTo("unsatisfied");
        Answer empty = catalogue.compose("blank").tryToFreeze();
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.json().at("/errors/0/code").asString()).isEqualTo("empty");
    }

    @Test
    void the_answer_of_a_freeze_warns_of_what_was_frozen_all_the_same() {
        catalogue.publish("worn", "1.0.0", "\"runtime\": {\"image\": \"registry.example/worn:1\"}");
        catalogue.state("worn", "1.0.0", "deprecated");

        Answer frozen = catalogue.compose("warned", "worn").tryToFreeze();

        assertThat(frozen.status()).as(frozen.text()).isEqualTo(201);
        JsonNode warnings = frozen.json().get("warnings");
        assertThat(warnings.findValuesAsString("code")).startsWith("deprecated").contains("run.image_not_pinned");
        assertThat(warnings.at("/0/sentence").asString()).isEqualTo("worn 1.0.0 is deprecated: a test.");
        assertThat(frozen.json().get("warning_count").asInt()).isEqualTo(warnings.size());
        assertThat(catalogue
                        .compose("unwarned", "plugin")
                        .tryToFreeze()
                        .json()
                        .get("warning_count")
                        .asInt())
                .isZero();
    }

    @Test
    void one_that_was_frozen_cannot_be_deleted() {
        Composition composition = catalogue.compose("lasting", "plugin").freeze();
        Answer answer = catalogue.reader().with("If-Match", "*").delete(composition.path());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("composition.frozen");
    }

    @Test
    void freezing_and_resolving_are_counted() throws Exception {
        catalogue.compose("counted", "plugin").freeze();
        String metrics = metrics();
        assertThat(metrics)
                .containsPattern("apg_resolve_duration_seconds_count\\{[^}]*outcome=\"solved\"[^}]*} [1-9]")
                .containsPattern("apg_freezes_total\\{[^}]*outcome=\"frozen\"[^}]*} [1-9]");
    }

    private String metrics() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(server.metricsUrl().resolve("/metrics"))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void a_composition_that_is_made_anew_while_it_is_frozen_is_not_frozen() throws Exception {
        TestClient client = catalogue.reader();
        makeOfOneMember(client, "phoenix");
        try (Connection superuser = server.database().superuser();
                var statement = superuser.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            superuser.setAutoCommit(false);
            statement.execute("LOCK TABLE version IN ACCESS EXCLUSIVE MODE");
            Future<Answer> freezing = threads.submit(
                    () -> client.with("If-Match", "*").post("/api/v1/compositions/phoenix/revisions", "{}"));
            awaitSomebodyAt(statement);

            assertThat(client.with("If-Match", "*")
                            .delete("/api/v1/compositions/phoenix")
                            .status())
                    .isEqualTo(204);
            makeOfOneMember(client, "phoenix");
            superuser.rollback();

            Answer answer = freezing.get();
            assertThat(answer.status()).as(answer.text()).isEqualTo(412);
            assertThat(answer.problem()).isEqualTo("precondition.failed");
        }
        assertThat(client.get("/api/v1/compositions/phoenix/revisions").json().get("items"))
                .isEmpty();
    }

    private static void makeOfOneMember(TestClient client, String code) {
        assertThat(client.post("/api/v1/compositions", Map.of("code", code)).status())
                .isEqualTo(201);
        Answer added = client.post("/api/v1/compositions/%s/draft/operations".formatted(code), """
                {"operations": [{"op": "add_member", "capability": "redis"}]}
                """);
        assertThat(added.status()).as(added.text()).isEqualTo(200);
    }

    /** Returns when somebody waits for the table that the statement's transaction has locked. */
    private static void awaitSomebodyAt(Statement statement) throws Exception {
        while (true) {
            try (var row = statement.executeQuery(
                    "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'version'::regclass AND NOT granted)")) {
                row.next();
                if (row.getBoolean(1)) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }
}
