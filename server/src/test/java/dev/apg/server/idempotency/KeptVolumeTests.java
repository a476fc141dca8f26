package dev.apg.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much is kept of a tenant's requests, at most. */
class KeptVolumeTests {
    private static final String COMPOSITIONS = "/api/v1/compositions";

    @AutoClose
    private static final TestServer server = TestServer.start();

    private TestTenant tenant;

    @BeforeEach
    void freshTenant() {
        tenant = TestTenant.in(server);
    }

    private TestClient with(String key) {
        return tenant.client().with("Idempotency-Key", key);
    }

    private static Map<String, String> shop(String code) {
        return Map.of("code", code);
    }

    /** So many keys of before, each with an answer of so many bytes. */
    private void keep(int keys, int bytes) throws SQLException {
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    INSERT INTO idempotency_key (tenant_id, key, status, request_hash, request_length, headers, body, created_at)
                    SELECT '%s', 'key ' || n, 201, decode(repeat('00', 32), 'hex'), 0, '{}', convert_to(repeat('x', %d), 'UTF8'),
                           now() - interval '1 hour' + n * interval '1 microsecond'
                    FROM generate_series(1, %d) AS n
                    """.formatted(tenant.id(), bytes, keys));
        }
    }

    private long number(String expression) throws SQLException {
        try (var connection = server.database().superuser();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT %s FROM idempotency_key WHERE tenant_id = '%s'"
                                .formatted(expression, tenant.id()))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void what_only_asks_is_not_kept_and_its_key_means_nothing() throws Exception {
        tenant.client().post(COMPOSITIONS, shop("shop"));
        for (String path : new String[] {
            COMPOSITIONS + "/shop/resolve", COMPOSITIONS + "/shop/validate", COMPOSITIONS + "/shop/outdated"
        }) {
            Answer first = with("k-1").post(path, Map.of());
            assertThat(first.status()).as(path + " " + first.text()).isEqualTo(200);
            Answer second = with("k-1").post(path, Map.of());
            assertThat(second.status()).isEqualTo(200);
            assertThat(second.header("Idempotency-Replayed")).isEmpty();
        }
        Map<String, Object> document = Map.of("format", "apg.composition/1", "composition", "shop");
        Answer resolved = with("k-1").post("/api/v1/resolve", Map.of("document", document));
        assertThat(resolved.status()).as(resolved.text()).isEqualTo(200);
        assertThat(number("count(*)")).isZero();
    }

    @Test
    void of_the_answers_the_newest_are_kept_up_to_a_size() throws Exception {
        keep(70, 1 << 20);
        assertThat(with("k-1").post(COMPOSITIONS, shop("shop")).status()).isEqualTo(201);

        assertThat(number("sum(octet_length(body))")).isLessThanOrEqualTo(KeptVolume.MOST_BYTES);
        assertThat(number("count(body)")).as("63, and the one that is new").isEqualTo(64);
        assertThat(number("count(*)"))
                .as("each still tells what was carried out")
                .isEqualTo(71);
        assertThat(number("count(*) FILTER (WHERE key = 'key 7' AND body IS NULL)"))
                .isEqualTo(1);
        assertThat(with("k-1").post(COMPOSITIONS, shop("shop")).header("Idempotency-Replayed"))
                .contains("true");
    }

    @Test
    void an_answer_that_was_let_go_of_is_said_not_to_be_kept() {
        with("k-1").post(COMPOSITIONS, shop("one"));
        with("k-2").post(COMPOSITIONS, shop("two"));
        server.bean(IdempotencyKeys.class).bound(tenant.id(), 10, 1);
        Answer again = with("k-1").post(COMPOSITIONS, shop("one"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("idempotency_key.answer_not_kept");
    }

    @Test
    void of_the_keys_the_newest_are_kept_up_to_a_number() throws Exception {
        keep(KeptVolume.MOST_KEYS + 10, 1);
        assertThat(with("k-1").post(COMPOSITIONS, shop("shop")).status()).isEqualTo(201);

        assertThat(number("count(*)")).isEqualTo(KeptVolume.MOST_KEYS);
        assertThat(number("count(*) FILTER (WHERE key = 'key 1')")).isZero();
        assertThat(with("k-1").post(COMPOSITIONS, shop("shop")).header("Idempotency-Replayed"))
                .contains("true");
    }
}
