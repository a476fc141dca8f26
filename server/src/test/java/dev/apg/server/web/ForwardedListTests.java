package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the lists of proxies are read, whatever a client has written before them. */
class ForwardedListTests {
    private static final String PROXY = "127.0.0.1";
    private static final String CLIENT = "203.0.113.7";
    private static final EdgeSettings LISTED =
            Settings.read(Map.of("TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8")).edge();
    private static final EdgeSettings STANDARD = Settings.read(
                    Map.of("TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8", "TRUSTED_PROXY_HEADER", "forwarded"))
            .edge();

    private static Optional<String> address(EdgeSettings settings, String... lines) {
        return ForwardedClient.of(PROXY, Arrays.asList(lines), List.of(), settings)
                .map(ForwardedClient::address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6.6.6.6:\"",
                "[6.6.6.6]\"",
                "[::6]\"",
                "\"",
                "\\\"",
                "6.6.6.6;\"",
                "\"6.6.6.6",
                "for=6.6.6.6;x=\"",
                "for=\"6.6.6.6",
                "for=6.6.6.6;x=\"\\",
                "for=6.6.6.6;x=\"\\\"",
                "for=6.6.6.6;x=\\\"",
            })
    void what_a_client_leaves_open_swallows_nothing_that_a_proxy_adds(String sent) {
        assertThat(address(LISTED, sent + ", " + CLIENT)).contains(CLIENT);
        assertThat(address(LISTED, sent, CLIENT)).contains(CLIENT);
        assertThat(address(LISTED, sent + ", [2001:db8::7]:4711")).contains("2001:db8:0:0:0:0:0:7");
        assertThat(address(LISTED, sent + ", " + CLIENT + ", 10.1.2.3")).contains(CLIENT);
        assertThat(address(STANDARD, sent + ", for=" + CLIENT)).contains(CLIENT);
        assertThat(address(STANDARD, sent, "for=" + CLIENT)).contains(CLIENT);
        assertThat(address(STANDARD, sent + ", for=\"[2001:db8::7]:4711\";host=\"a\\\"b,\\\\\""))
                .contains("2001:db8:0:0:0:0:0:7");
        assertThat(address(STANDARD, sent + ", for=" + CLIENT, "for=10.1.2.3;proto=https"))
                .contains(CLIENT);
    }

    @Property(seed = "1", tries = 2_000)
    void whatever_stands_before_does_not_change_what_a_proxy_adds(@ForAll("inventions") String sent) {
        assertThat(address(LISTED, sent + "," + CLIENT)).contains(CLIENT);
        assertThat(address(LISTED, sent, CLIENT)).contains(CLIENT);
        assertThat(address(STANDARD, sent + ",for=\"" + CLIENT + ":1\"")).contains(CLIENT);
        assertThat(address(STANDARD, sent, "for=" + CLIENT)).contains(CLIENT);
    }

    @Provide
    Arbitrary<String> inventions() {
        return Arbitraries.of("\"", "\\", ",", ";", "=", "for=", "6.6.6.6", "10.1.1.1", "::6", "[", "]", ":", "7", " ")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[2001:db8::7] | 2001:db8:0:0:0:0:0:7",
                "[2001:db8::7]:4711 | 2001:db8:0:0:0:0:0:7",
                "203.0.113.7:4711 | 203.0.113.7",
                "[2001:db8::7]x | 127.0.0.1",
                "[2001:db8::7]:x | 127.0.0.1",
                "[2001:db8::7]: | 127.0.0.1",
                "[203.0.113.7] | 127.0.0.1",
                "203.0.113.7: | 127.0.0.1",
                "203.0.113.7:x | 127.0.0.1",
                "~\"203.0.113.7\"~ | 127.0.0.1",
            })
    void an_address_may_have_a_port_and_nothing_else(String entry, String expected) {
        assertThat(address(LISTED, entry)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "for=\"203.0.113.7:4711\" | 203.0.113.7",
                "for=203.0.113.7;host=\"a;for=6.6.6.6, for=6.6.6.6\" | 203.0.113.7",
                "host=\"a\\\\\";for=203.0.113.7 | 203.0.113.7",
                "for=\"203.0.113.7 | 127.0.0.1",
                "for=203.0.113.7\" | 127.0.0.1",
                "for=\"203.0.113.7\\\" | 127.0.0.1",
                "for=6.6.6.6, for=\" | 127.0.0.1",
            })
    void the_standard_header_has_quotes_that_close(String element, String expected) {
        assertThat(address(STANDARD, element)).contains(expected);
    }
}
