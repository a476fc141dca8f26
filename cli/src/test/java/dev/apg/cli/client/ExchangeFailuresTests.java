package dev.apg.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** What an exchange with a server can end in. */
class ExchangeFailuresTests {
    private final ExchangeFailures failures = new ExchangeFailures(
            new ServerAddress(URI.create("https://apg.example.org"), Optional.empty(), "APG_TOKEN", Optional.empty()));

    @Test
    void what_a_server_does_wrong_is_told_in_a_sentence() {
        for (Throwable strange : new Throwable[] {
            new ProtocolException("a\u0001b"), new IOException(new ProtocolException("a\u0001b")), headerThatIsNone()
        }) {
            assertThat(failures.of(strange, Effect.ONCE))
                    .hasMessage("https://apg.example.org answers with what is not HTTP: is APG_URL right?");
        }
        assertThat(failures.of(new IOException("gone"), Effect.ONCE))
                .hasMessage(
                        "https://apg.example.org broke off before its answer was complete (gone). Whether it was done is not known: look at what is there before you do it again.");
    }

    @Test
    void tls_that_fails_behind_its_beginning_is_a_lost_answer() {
        var broken = new SSLException("Tag mismatch");

        assertThat(failures.isLost(broken)).isTrue();
        assertThat(failures.of(broken, Effect.ONCE))
                .hasMessage(
                        "https://apg.example.org broke off before its answer was complete (Tag mismatch). Whether it was done is not known: look at what is there before you do it again.");
    }

    /** As the library meets one in an answer. */
    private static IllegalArgumentException headerThatIsNone() {
        return catchThrowableOfType(
                IllegalArgumentException.class,
                () -> HttpHeaders.of(Map.of("", List.of("a\u0001b")), (name, value) -> true));
    }

    @Test
    void a_mistake_of_the_program_is_not_put_down_to_the_server() {
        for (Throwable mistake : new Throwable[] {
            new NullPointerException("ours"), new AssertionError("ours"), new IllegalArgumentException("ours")
        }) {
            assertThatThrownBy(() -> failures.of(mistake, Effect.NONE)).isSameAs(mistake);
        }
    }
}
