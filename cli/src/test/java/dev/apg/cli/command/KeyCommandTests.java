package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import java.util.UUID;
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
}
