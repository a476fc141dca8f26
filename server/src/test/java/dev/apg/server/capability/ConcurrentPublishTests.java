package dev.apg.server.capability;

import static dev.apg.server.capability.Registry.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.tenancy.Role;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many publishers on two nodes of one database. */
class ConcurrentPublishTests {
    private static final int PUBLISHERS = 12;

    private static TestDatabase database;
    private static List<TestServer> nodes;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        nodes = List.of(TestServer.start(database), TestServer.start(database));
    }

    @AfterAll
    static void stop() {
        nodes.forEach(TestServer::close);
    }

    @Test
    void one_of_many_publishers_of_the_same_content_creates_it_and_all_succeed() throws Exception {
        List<Registry> registries = registries();

        List<Answer> answers = atOnce(i -> registries
                .get(i % 2)
                .publish(version("redis", "1.0.0") + "provides: [{service: cache, version: 1.0.0}]\n"));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    }

    @Test
    void one_of_many_publishers_of_different_content_wins_and_the_others_meet_a_conflict() throws Exception {
        List<Registry> registries = registries();

        List<Answer> answers =
                atOnce(i -> registries.get(i % 2).publish(version("redis", "1.0.0") + "cost: " + (i + 1) + "\n"));

        assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .extracting(Answer::problem)
                .containsOnly("version.digest_differs");
    }

    @Test
    void writers_of_many_versions_leave_no_gap_in_the_log_and_own_their_events() throws Exception {
        List<Registry> registries = registries();
        registries.getFirst().has("store", "1.0.0");

        List<Answer> answers = atOnce(i -> {
            Answer last = null;
            for (int n = 0; n < 10; n++) {
                last = registries
                        .get(i % 2)
                        .publish(version("cart" + i % 4, "1." + i + "." + n)
                                + "requirements: [{capability: store, range: ^1.0.0}]\n"
                                + "about: {description: from " + i + "}\n");
                assertThat(last.status()).as(last.text()).isEqualTo(201);
            }
            return last;
        });

        assertThat(answers).hasSize(PUBLISHERS);
        List<Long> seqs = new ArrayList<>();
        List<String> published = new ArrayList<>();
        String after = "1.0";
        while (true) {
            var page = registries
                    .getFirst()
                    .client
                    .get("/api/v1/events?limit=100&after=" + after)
                    .json();
            var items =
                    StreamSupport.stream(page.get("items").spliterator(), false).toList();
            if (items.isEmpty()) {
                break;
            }
            items.forEach(event -> {
                seqs.add(Long.parseLong(event.get("cursor").asString().split("\\.")[1]));
                if (event.get("type").asString().equals("version.published")) {
                    published.add(event.get("request_id").asString());
                }
            });
            after = items.getLast().get("cursor").asString();
        }
        assertThat(seqs)
                .isEqualTo(IntStream.rangeClosed(1, seqs.size())
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(published).hasSize(PUBLISHERS * 10 + 1).doesNotHaveDuplicates();
    }

    /** The same fresh tenant on both nodes. */
    private static List<Registry> registries() {
        var tenant = Registry.tenant(nodes.getFirst());
        return nodes.stream()
                .map(node -> Registry.in(node, tenant, Role.TENANT_ADMINISTRATOR))
                .toList();
    }

    private static List<Answer> atOnce(IntFunction<Answer> publish) throws Exception {
        var barrier = new CyclicBarrier(PUBLISHERS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures = IntStream.range(0, PUBLISHERS)
                    .mapToObj(i -> threads.submit((Callable<Answer>) () -> {
                        barrier.await();
                        return publish.apply(i);
                    }))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }
}
