package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Logins that come from many addresses, as a proxy tells. */
class LoginRateTests {
    private static final String ADA = "ada@example.com";
    private static final String HERS = "198.51.100.7";
    private static final String ATTACKERS = "203.0.113.9";

    private static TestServer start() throws IOException {
        EdgeSettings edge =
                Settings.read(Map.of("TRUSTED_PROXIES", "127.0.0.1")).edge();
        // Two attempts of an address that fail, and the next one in minutes.
        var rate = new Settings.RateLimit(1, 20);
        return TestServer.start(
                TestDatabase.create(),
                Files.createTempDirectory("apg-test-"),
                settings -> TestServer.withEdge(edge)
                        .apply(TestServer.withRateLimit(rate).apply(settings)));
    }

    @Test
    void an_address_from_which_too_many_failed_does_not_get_in_with_a_right_password_and_keeps_no_other_out()
            throws IOException {
        try (TestServer server = start()) {
            People people = People.in(server);
            people.join(ADA, "observer");
            for (int i = 0; i < 2; i++) {
                assertThat(logIn(people, server, ATTACKERS, "somebody-%d@example.com".formatted(i))
                                .status())
                        .isEqualTo(401);
            }
            for (String email : new String[] {"somebody-2@example.com", ADA}) {
                Answer refused = logIn(people, server, ATTACKERS, email);
                assertThat(refused.status()).as(refused.text()).isEqualTo(429);
                assertThat(refused.problem()).isEqualTo("rate_limit.exceeded");
                assertThat(refused.header("Set-Cookie")).isEmpty();
            }
            for (int i = 0; i < 5; i++) {
                assertThat(logIn(people, server, HERS, ADA).status())
                        .as("right ones are not counted, and what others do is not hers")
                        .isEqualTo(200);
            }
        }
    }

    private static Answer logIn(People people, TestServer server, String address, String email) {
        return server.anonymous()
                .with("X-Forwarded-For", address)
                .post(
                        "/api/auth/login",
                        Map.of("tenant", people.tenant(), "email", email, "password", People.PASSWORD));
    }
}
