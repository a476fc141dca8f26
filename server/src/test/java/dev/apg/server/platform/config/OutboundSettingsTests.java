package dev.apg.server.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.apg.server.testing.TestCertificate;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundSettingsTests {
    private static final Map<String, String> PRODUCTION = Map.of(
            "ENVIRONMENT", "production",
            "SECRET_KEY", "b1f0c3d5e7a9812634567890abcdef01",
            "ENCRYPTION_KEY", "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "APG_API_KEY", "9d8c7b6a5f4e3d2c1b0a99887766554433",
            "DATABASE_URL", "postgresql://apg:hgz7-kd92-lq0p@db.example.com/apg");

    private static boolean covers(OutboundSettings settings, String host, String address, boolean plain) {
        return settings.allowed().stream()
                .anyMatch(each -> each.covers(host, InetAddress.ofLiteral(address)) && (each.plain() || !plain));
    }

    @Test
    void a_developer_calls_this_machine_and_nobody_else_does() {
        OutboundSettings development = Settings.read(Map.of()).outbound();
        assertThat(covers(development, "localhost", "127.0.0.1", true)).isTrue();
        assertThat(covers(development, "any.example", "127.9.9.9", true)).isTrue();
        assertThat(covers(development, "any.example", "::1", true)).isTrue();
        assertThat(covers(development, "any.example", "10.0.0.1", false)).isFalse();
        assertThat(development.patience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(development).isEqualTo(OutboundSettings.ofDevelopment());
        assertThat(Settings.read(PRODUCTION).outbound().allowed()).isEmpty();
    }

    @Test
    void what_is_allowed_is_a_host_an_address_or_a_network() {
        OutboundSettings settings = Settings.read(Map.of(
                        "APG_OUTBOUND_ALLOWED",
                        "id.corp.example, 10.1.0.0/16, http://10.2.0.1, fd00::/8",
                        "REQUEST_TIMEOUT",
                        "5",
                        "MAX_CONNECTIONS_PER_HOST",
                        "3"))
                .outbound();
        assertThat(covers(settings, "ID.corp.example", "10.9.9.9", false)).isTrue();
        assertThat(covers(settings, "id.corp.example", "10.9.9.9", true)).isFalse();
        assertThat(covers(settings, "evil-id.corp.example", "10.9.9.9", false)).isFalse();
        assertThat(covers(settings, "a.example", "10.1.255.1", false)).isTrue();
        assertThat(covers(settings, "a.example", "10.2.0.1", true)).isTrue();
        assertThat(covers(settings, "a.example", "10.2.0.2", false)).isFalse();
        assertThat(covers(settings, "a.example", "fd12::1", false)).isTrue();
        assertThat(covers(settings, "localhost", "127.0.0.1", false)).isFalse();
        assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.connectionsPerHost()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "https://a.example", "a.example/24", "10.0.0.1/8", "a b", "a.example:443", "http://", ","})
    void what_is_none_of_them_stops_the_start(String value) {
        assertThat(catchThrowableOfType(
                        ConfigurationException.class, () -> Settings.read(Map.of("APG_OUTBOUND_ALLOWED", value))))
                .hasMessageContaining(
                        "APG_OUTBOUND_ALLOWED: " + value.strip() + " (expected: hosts, addresses and networks");
    }

    @Test
    void certificates_are_read_and_other_texts_are_not() {
        TestCertificate authority = TestCertificate.of("authority", "EC");
        assertThat(Settings.read(Map.of("APG_OUTBOUND_CERTIFICATES", authority.certificate()))
                        .outbound()
                        .certificates())
                .hasSize(1);
        assertThat(catchThrowableOfType(
                        ConfigurationException.class,
                        () -> Settings.read(Map.of("APG_OUTBOUND_CERTIFICATES", "authority.pem"))))
                .hasMessageContaining("APG_OUTBOUND_CERTIFICATES: authority.pem (expected: certificates in PEM)");
    }
}
