package dev.apg.server.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.apg.server.testing.TestAuthority;
import dev.apg.server.testing.TestCertificate;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestRedis;
import dev.apg.server.testing.TestServer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Redis is reached with TLS, and proves itself; a server does without one that does not. */
class RedisTlsTests {
    private static final TestAuthority AUTHORITY = TestAuthority.create();

    @TempDir
    Path directory;

    private TestServer node(TestRedis redis) {
        var authority = (X509Certificate) AUTHORITY.certificate().x509();
        RedisAddress address = RedisAddress.parse(redis.url(), List.of(authority));
        return TestServer.start(TestDatabase.create(), directory, TestServer.withRedis(address));
    }

    private static String cache(TestServer node) {
        return node.anonymous()
                .get("/api/health")
                .json()
                .at("/components/cache/status")
                .asString();
    }

    private static void until(BooleanSupplier happened) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (!happened.getAsBoolean()) {
            assertThat(Instant.now()).as("nothing happened for a minute").isBefore(end);
            Thread.sleep(100);
        }
    }

    @Test
    void one_whose_certificate_is_good_is_used() throws Exception {
        try (var redis = TestRedis.startShowing(AUTHORITY.certify("localhost"));
                TestServer node = node(redis)) {
            until(() -> cache(node).equals("up"));
        }
    }

    @Test
    void another_is_not_and_it_is_said_why_and_what_was_expected() throws Exception {
        try (var redis = TestRedis.startShowing(TestAuthority.create().certify("localhost"))) {
            // Until somebody listens to the log, which the start of the server lays anew.
            redis.stop();
            try (TestServer node = node(redis)) {
                var log = (Logger) LoggerFactory.getLogger(Redis.class);
                var logged = new Lines();
                logged.start();
                log.addAppender(logged);
                var unfit = new LinkedHashMap<String, Optional<TestCertificate>>();
                unfit.put(
                        "has a certificate that nothing trusted here vouches for",
                        Optional.of(TestAuthority.create().certify("localhost")));
                unfit.put("has a certificate for another host", Optional.of(AUTHORITY.certify("redis.example")));
                unfit.put("has a certificate that has expired", Optional.of(AUTHORITY.certifyLate("localhost")));
                unfit.put("does not agree on TLS: handshake timed out after 1000ms", Optional.empty());
                for (var each : unfit.entrySet()) {
                    redis.startAgain(each.getValue());
                    until(() -> logged.said.contains(
                            "Redis cannot be reached; until it can, each node counts on its own: localhost %s (expected by rediss://: TLS, and a certificate for localhost that those of APG_REDIS_CERTIFICATES vouch for)."
                                    .formatted(each.getKey())));
                    assertThat(cache(node)).isEqualTo("unknown");
                    redis.stop();
                }

                redis.startAgain(Optional.of(AUTHORITY.certify("localhost")));
                until(() -> cache(node).equals("up"));
                log.detachAppender(logged);
            }
        }
    }

    /** What is said while others look at it. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Collection<String> said = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            said.add(event.getFormattedMessage());
        }
    }
}
