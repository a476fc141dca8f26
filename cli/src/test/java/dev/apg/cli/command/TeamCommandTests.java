package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeamCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void a_team_is_made_joined_renamed_left_and_deleted() {
        assertThat(cli.run("team", "create", "cli-core", "--name", "Core").out())
                .isEqualTo("Made the team cli-core.%n".formatted());
        assertThat(cli.run("team", "add", "cli-core", "me", "--maintainer").out())
                .contains("belongs to cli-core and maintains it.");
        assertThat(cli.run("team", "rename", "cli-core", "The core").out()).contains("is called The core.");
        assertThat(cli.run("team", "list").out()).contains("cli-core", "The core");
        assertThat(cli.run("team", "show", "cli-core").out()).contains("token:", "yes");

        assertThat(cli.run("team", "remove", "cli-core", "me").code()).isEqualTo(ExitCode.OK);
        assertThat(cli.run("team", "show", "cli-core").out()).contains("Nobody belongs to it.");
        assertThat(cli.run("team", "delete", "cli-core").out()).isEqualTo("Deleted the team cli-core.%n".formatted());
        assertThat(cli.run("team", "show", "cli-core").code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("team", "create", "Core Team").code()).isEqualTo(ExitCode.USAGE);
    }
}
