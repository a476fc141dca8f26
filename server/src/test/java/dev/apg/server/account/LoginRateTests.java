package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestAuthenticator;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Logins that come from many addresses, as a proxy tells, and many at once. */
class LoginRateTests {
    private static final String ADA = "ada@example.com";
    private static final String HERS = "198.51.100.7";
    private static final String ATTACKERS = "203.0.113.9";

    private static TestServer start() throws IOException {
        // Two attempts of an address that fail, and ten changes of an account, and the next one in minutes.
        return start(Optional.of(new Settings.RateLimit(1, 20)));
    }

    private static TestServer start(Optional<Settings.RateLimit> rate) throws IOException {
        EdgeSettings edge =
                Settings.read(Map.of("TRUSTED_PROXIES", "127.0.0.1")).edge();
        return TestServer.start(TestDatabase.create(), Files.createTempDirectory("apg-test-"), settings -> {
            Settings behind = TestServer.withEdge(edge).apply(settings);
            return rate.map(limit -> TestServer.withRateLimit(limit).apply(behind))
                    .orElse(behind);
        });
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
                        .as("right ones are not counted as those in vain, and what others do is not hers")
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_login_is_a_request_of_its_account_too() throws IOException {
        try (TestServer server = start()) {
            People people = People.in(server);
            people.join(ADA, "observer");
            people.join("eve@example.com", "observer");
            for (int i = 0; i < 10; i++) {
                assertThat(logIn(people, server, address(i), ADA).status()).isEqualTo(200);
            }
            Answer refused = logIn(people, server, HERS, ADA);
            assertThat(refused.status()).as(refused.text()).isEqualTo(429);
            assertThat(refused.problem()).isEqualTo("rate_limit.exceeded");
            assertThat(refused.json().get("detail").asString()).startsWith("This client has sent too many requests");
            assertThat(refused.header("Set-Cookie")).isEmpty();
            assertThat(logIn(people, server, HERS, "eve@example.com").status()).isEqualTo(200);
        }
    }

    @Test
    void whoever_has_the_password_alone_uses_up_nothing_that_its_owner_may_ask() throws IOException {
        try (TestServer server = start()) {
            People people = People.in(server);
            people.join(ADA, "observer");
            TestClient browser = people.browser(ADA);
            String secret = browser.post("/api/v1/me/second-factor", Map.of("current_password", People.PASSWORD))
                    .json()
                    .get("secret")
                    .asString();
            Answer confirmed = browser.post(
                    "/api/v1/me/second-factor/confirmation", Map.of("code", TestAuthenticator.code(secret, 0)));
            assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
            for (int i = 0; i < 20; i++) {
                Answer half = logIn(people, server, address(i), ADA);
                assertThat(half.status()).as(half.text()).isEqualTo(200);
                assertThat(half.json().get("state").asString()).isEqualTo("second_factor");
            }
            assertThat(browser.post("/api/auth/logout", "").status()).isEqualTo(204);
        }
    }

    @Test
    void from_one_place_right_passwords_are_counted_as_well_and_keep_nobody_out_elsewhere() throws IOException {
        try (TestServer server = start(Optional.empty())) {
            People people = People.in(server);
            people.join(ADA, "observer");
            int logins = 0;
            Answer answer = logIn(people, server, ATTACKERS, ADA);
            while (answer.status() == 200 && logins < 100) {
                logins++;
                answer = logIn(people, server, ATTACKERS, ADA);
            }
            assertThat(logins).isBetween(30, 60);
            assertThat(answer.status()).as(answer.text()).isEqualTo(429);
            assertThat(answer.problem()).isEqualTo("login.too_often");
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(logIn(people, server, HERS, ADA).status()).isEqualTo(200);
        }
    }

    @Test
    void however_many_log_in_to_one_tenant_people_come_in_to_another() throws Exception {
        try (TestServer server = start(Optional.empty());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            People busy = People.in(server);
            People others = People.in(server);
            others.join(ADA, "observer");
            var done = new AtomicBoolean();
            var tried = new AtomicInteger();
            for (int i = 0; i < 70; i++) {
                threads.submit(() -> {
                    while (!done.get()) {
                        logIn(busy, server, ATTACKERS, "somebody-%d@example.com".formatted(tried.getAndIncrement()));
                    }
                });
            }
            try {
                for (int i = 0; i < 3; i++) {
                    Answer answer = logIn(others, server, HERS, ADA);
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                    int before = tried.get();
                    while (tried.get() < before + 70) {
                        Thread.onSpinWait();
                    }
                }
            } finally {
                done.set(true);
            }
        }
    }

    private static String address(int number) {
        return "192.0.2." + number;
    }

    private static Answer logIn(People people, TestServer server, String address, String email) {
        return server.anonymous()
                .with("X-Forwarded-For", address)
                .post(
                        "/api/auth/login",
                        Map.of("tenant", people.tenant(), "email", email, "password", People.PASSWORD));
    }
}
