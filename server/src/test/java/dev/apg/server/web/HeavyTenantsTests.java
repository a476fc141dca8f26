package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue;
import dev.apg.server.composition.Pigeons;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tenants that ask for much, of which others notice nothing, and what becomes of questions whose askers went away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeavyTenantsTests {
    /** Of one question: more than anybody waits for. */
    private static final long STEPS = 500_000_000;

    private static final String HEAVY = document("loft", STEPS);
    private static final String LOSS =
            "{\"kind\": \"state\", \"capability\": \"loft\", \"version\": \"2.0.0\", \"state\": \"yanked\"}";
    private static final String SMALL = document("cart", 1_000_000);

    @AutoClose
    private final TestServer server = TestServer.start();

    private final HeavyWork heavyWork = server.bean(HeavyWork.class);

    private static String document(String member, long steps) {
        return """
                {"document": {"format": "apg.composition/1", "composition": "any", "members": [{"capability": "%s"}]},
                 "step_budget": %d}""".formatted(member, steps);
    }

    /** Questions under way on connections of their own. */
    private final class Asked implements AutoCloseable {
        private final List<Socket> sockets = new ArrayList<>();

        Asked more(TestTenant tenant, String path, String body, int times) throws IOException {
            URI url = server.url();
            for (int i = 0; i < times; i++) {
                var socket = new Socket(url.getHost(), url.getPort());
                sockets.add(socket);
                socket.getOutputStream()
                        .write("""
                                POST %s HTTP/1.1\r
                                Host: localhost\r
                                Authorization: Bearer %s\r
                                Content-Type: application/json\r
                                Content-Length: %d\r
                                \r
                                %s""".formatted(path, tenant.token(), body.getBytes(StandardCharsets.UTF_8).length, body)
                                .getBytes(StandardCharsets.UTF_8));
            }
            return this;
        }

        /** How many have an answer, or what may be the beginning of one. */
        long answered() {
            try {
                long answered = 0;
                for (Socket socket : sockets) {
                    answered += socket.getInputStream().available() > 0 ? 1 : 0;
                }
                return answered;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private TestTenant tenant() {
        TestTenant tenant = TestTenant.in(server);
        var catalogue = new Catalogue(tenant.client());
        catalogue.publishTogether(Pigeons.documents().toArray(String[]::new));
        catalogue.publish("cart", "1.0.0");
        catalogue.compose("any", "loft");
        return tenant;
    }

    private static void assertSolved(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("status").asString()).isEqualTo("solved");
    }

    /** What comes soon, but nobody can say when. */
    private static void until(BooleanSupplier happened) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as("nothing happened for a minute").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Requests that were given up because their clients went away. */
    private double abandoned() {
        return server.bean(MeterRegistry.class).find("http.requests").tag("status", "499").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void two_tenants_with_long_questions_hold_up_neither_a_third_nor_their_own_short_ones() throws Exception {
        TestTenant first = tenant();
        TestTenant second = tenant();
        TestClient third = tenant().client();
        try (var asked = new Asked()) {
            asked.more(first, "/api/v1/resolve", HEAVY, 20)
                    .more(second, "/api/v1/compositions/any/resolve", options(), 20);
            until(() -> heavyWork.waiting() >= 30);

            for (int i = 0; i < 10; i++) {
                assertSolved(third.post("/api/v1/resolve", SMALL));
            }
            assertSolved(first.client().post("/api/v1/resolve", SMALL));
            assertSolved(second.client().post("/api/v1/resolve", SMALL));
            assertThat(asked.answered()).isZero();
        }
    }

    @Test
    void questions_whose_clients_went_away_give_their_places_back() throws Exception {
        TestTenant tenant = tenant();
        TestClient client = tenant.client();
        double before = abandoned();
        try (var asked = new Asked()) {
            // The last of them has no place any more.
            asked.more(tenant, "/api/v1/resolve", HEAVY, 65);
            until(() -> asked.answered() == 1);
            Answer refused = client.post("/api/v1/resolve", SMALL);
            assertThat(refused.problem()).isEqualTo("server.busy");
            assertThat(refused.header("Retry-After")).isPresent();
        }
        until(() -> abandoned() - before == 64);
        until(() -> heavyWork.waiting() == 0);
        assertSolved(client.post("/api/v1/resolve", SMALL));
    }

    @Test
    void a_client_that_sends_its_next_request_early_is_not_gone() throws Exception {
        TestTenant tenant = tenant();
        String next =
                "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(tenant.token());
        try (var asked = new Asked()) {
            // Long enough to be looked after more than once.
            asked.more(tenant, "/api/v1/resolve", document("loft", 10_000_000), 1);
            Socket connection = asked.sockets.getFirst();
            connection.getOutputStream().write(next.getBytes(StandardCharsets.UTF_8));
            connection.setSoTimeout(60_000);
            String answers = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers).containsSubsequence("HTTP/1.1 200", "\"exhausted\"", "HTTP/1.1 200", "\"tenant_id\"");
        }
    }

    @Test
    void questions_about_all_compositions_end_with_their_clients() throws Exception {
        TestTenant tenant = tenant();
        var catalogue = new Catalogue(tenant.client());
        catalogue.publish("loft", "2.0.0");
        for (int i = 0; i < 60; i++) {
            catalogue.compose("with-loft-" + i, "loft").freeze();
        }
        double before = abandoned();
        try (var asked = new Asked()) {
            // Of the three one is worked on, and the others wait for it.
            asked.more(tenant, "/api/v1/impact", LOSS, 3);
        }
        until(() -> abandoned() - before == 3);
    }

    private static String options() {
        return "{\"step_budget\": %d}".formatted(STEPS);
    }
}
