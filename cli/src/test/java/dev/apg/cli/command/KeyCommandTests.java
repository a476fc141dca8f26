package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTests {
    private static final String ID = "[0-9a-f]{16}";

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void what_is_encrypted_with_which_key_is_shown_to_the_platform_only() {
        Cli.Outcome shown = cli.run("key", "encryption");
        assertThat(shown.code()).as(shown.err()).isEqualTo(ExitCode.OK);
        assertThat(shown.out())
                .containsPattern("(?s)^KEY +STATE +ENCRYPTS\n" + ID + "  newest +(nothing|[a-z_]+ \\d+)");
        assertThat(cli.run("key", "encryption", "--json").out()).contains("\"newest\"");
        String administrator =
                cli.run("tenant", "create", "keys-" + UUID.randomUUID()).out().strip();
        assertThat(cli.with("APG_API_KEY", administrator)
                        .run("key", "encryption")
                        .code())
                .isEqualTo(ExitCode.DENIED);
    }

    @Test
    void a_signing_key_is_listed_and_taken_away() {
        Cli.Outcome before = cli.run("key", "list");
        assertThat(before.code()).as(before.err()).isEqualTo(ExitCode.OK);
        String kid = before.out()
                .lines()
                .filter(line -> line.contains("  signing "))
                .findFirst()
                .orElseThrow()
                .split(" ", 2)[0];

        Cli.Outcome retired = cli.run("key", "retire", "--reason", "a test", "--", kid);
        assertThat(retired.code()).as(retired.err()).isEqualTo(ExitCode.OK);
        assertThat(retired.out()).isEqualTo(kid + " is retired: what it has signed is refused.\n");
        assertThat(cli.run("key", "list").out())
                .containsPattern("(?m)^%s +ES256 +retired .*a test$".formatted(Pattern.quote(kid)))
                .contains("  signing ");
        assertThat(cli.run("key", "retire", "--reason", "a test", "nothing").code())
                .isEqualTo(ExitCode.NOT_FOUND);
    }
}
