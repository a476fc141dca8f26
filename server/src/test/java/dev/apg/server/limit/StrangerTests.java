package dev.apg.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests without a good token, all of which come from one address here. */
class StrangerTests {
    /** Access tokens that are given count as what a client changes, of which there are ten; one is left for later. */
    private static final int WITHIN_ITS_OWN = 9;

    @Test
    void whoever_guesses_tokens_is_slowed_down_and_keeps_nobody_out_who_has_one() {
        try (TestServer server = RateLimitTests.start()) {
            TestTenant tenant = TestTenant.in(server);
            TestClient guessing = server.client(tenant.token() + "x");
            int guesses = 0;
            Answer answer = guessing.get("/api/v1/me");
            while (answer.status() == 401) {
                guesses++;
                answer = guessing.get("/api/v1/me");
            }
            assertThat(guesses).isEqualTo(4);
            assertThat(answer.problem()).isEqualTo("rate_limit.exceeded");
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(answer.json().get("detail").asString()).startsWith("This address has sent too many requests");
            assertThat(server.anonymous().get("/api/v1/me").status()).isEqualTo(429);
            assertThat(server.anonymous().get("/api/openapi.json").status()).isEqualTo(429);

            assertThat(tenant.client().get("/api/v1/me").status()).isEqualTo(200);
            assertThat(server.anonymous().get("/readyz").status()).isEqualTo(200);
        }
    }

    private static Answer login(TestServer server, String clientId, String secret) {
        return server.anonymous()
                .post(
                        "/api/auth/token",
                        Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret));
    }

    @Test
    void whoever_guesses_secrets_is_slowed_down_and_keeps_no_client_out() {
        try (TestServer server = RateLimitTests.start()) {
            Answer client = TestTenant.in(server)
                    .client()
                    .post("/api/v1/clients", Map.of("label", "a program", "role", "observer"));
            String id = client.json().at("/client/client_id").asString();
            String secret = client.json().get("client_secret").asString();
            for (int i = 0; i < WITHIN_ITS_OWN; i++) {
                assertThat(login(server, id, secret).status()).isEqualTo(200);
            }

            int guesses = 0;
            Answer answer = login(server, id, "guessed");
            while (answer.status() == 401) {
                guesses++;
                answer = login(server, id, "guessed");
            }
            assertThat(guesses).isEqualTo(2);
            assertThat(answer.problem()).isEqualTo("rate_limit.exceeded");
            assertThat(login(server, id, secret).status()).isEqualTo(200);
        }
    }

    @Test
    void a_request_for_a_token_counts_for_the_address_whatever_was_wrong_with_it() {
        try (TestServer server = RateLimitTests.start()) {
            byte[] large = new byte[20_000];
            // Without a length: what says that it is too large is refused unread.
            for (int status : new int[] {413, 413, 429}) {
                Answer answer = server.anonymous()
                        .send(
                                "POST",
                                "/api/auth/token",
                                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
                                "application/x-www-form-urlencoded");
                assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            }
        }
    }

    @Test
    void all_addresses_of_an_ipv6_network_are_one() {
        assertThat(RateLimits.network("2001:db8:1:2:3:4:5:6")).isEqualTo(RateLimits.network("2001:db8:1:2::9"));
        assertThat(RateLimits.network("2001:db8:1:2::9")).isNotEqualTo(RateLimits.network("2001:db8:1:3::9"));
        assertThat(RateLimits.network("192.0.2.1")).isNotEqualTo(RateLimits.network("192.0.2.2"));
    }
}
