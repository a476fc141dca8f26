package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void past_events_are_printed_from_a_cursor_on() {
        cli.run("compose", "create", "watched");

        Cli.Outcome seen = cli.run("watch", "--after", "0", "--count", "1", "--type", "composition.created", "--json");

        assertThat(seen.code()).isEqualTo(ExitCode.OK);
        assertThat(seen.json().path("type").asString()).isEqualTo("composition.created");
        String cursor = seen.json().path("cursor").asString();
        cli.run("compose", "create", "watched-too");
        // The server is shared: what comes first after the cursor is another test's event, as likely as not.
        assertThat(cli.run("watch", "--after", cursor, "--count", "1", "--type", "composition.created")
                        .out())
                .contains("composition.created  ")
                .doesNotContain(cursor + " ");
    }

    @Test
    void new_events_are_printed_as_they_come() throws Exception {
        // Events from before the watch are none of its business, so the code must be one that comes after it began.
        var watching = CompletableFuture.supplyAsync(
                () -> cli.run("watch", "--count", "1", "--interval", "20", "--type", "composition.created"));
        for (int i = 0; !watching.isDone(); i++) {
            cli.run("compose", "create", "watched-live-" + i);
        }

        assertThat(watching.get(1, TimeUnit.SECONDS).out()).contains("composition.created  watched-live-");
    }

    @Test
    void wrong_cursors_and_numbers_are_refused() {
        assertThat(cli.run("watch", "--after", "yesterday").err())
                .isEqualTo(
                        "apg: after: yesterday (expected: a cursor such as 1.42, as X-APG-Seq gives it; nothing begins with the oldest event)\n");
        assertThat(cli.run("watch", "--count", "0").code()).isEqualTo(ExitCode.USAGE);
        Cli.Outcome unknown = cli.run("watch", "--after", "0", "--type", "nosuch.");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err())
                .startsWith("apg: --type: nosuch. (expected: the beginning of ")
                .contains("draft.changed");
        assertThat(cli.run("watch", "--after", "99.1").code()).isEqualTo(ExitCode.NOT_FOUND);
    }
}
