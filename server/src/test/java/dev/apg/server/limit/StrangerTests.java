package dev.apg.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import org.junit.jupiter.api.Test;

/** Requests without a good token, all of which come from one address here. */
class StrangerTests {
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

    @Test
    void all_addresses_of_an_ipv6_network_are_one() {
        assertThat(RateLimits.network("2001:db8:1:2:3:4:5:6")).isEqualTo(RateLimits.network("2001:db8:1:2::9"));
        assertThat(RateLimits.network("2001:db8:1:2::9")).isNotEqualTo(RateLimits.network("2001:db8:1:3::9"));
        assertThat(RateLimits.network("192.0.2.1")).isNotEqualTo(RateLimits.network("192.0.2.2"));
    }
}
