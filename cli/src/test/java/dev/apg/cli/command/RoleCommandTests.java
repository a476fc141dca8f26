package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void a_new_role_is_shown_listed_and_given_to_a_token() {
        Cli.Outcome created = cli.run(
                "role", "create", "lister", "--permission", "catalog:read", "--description", "Reads the catalogue.");
        assertThat(created.code()).as(created.err()).isEqualTo(ExitCode.OK);
        assertThat(created.out()).contains("lister", "Reads the catalogue.", "may catalog:read");
        assertThat(cli.run("role", "list").out()).contains("lister", "this tenant", "observer", "every tenant");

        Cli bearer = cli.with(
                "APG_TOKEN",
                cli.run("token", "issue", "--label", "lister", "--role", "lister")
                        .out()
                        .strip());
        assertThat(bearer.run("compose", "list").code()).isEqualTo(ExitCode.DENIED);
        Cli.Outcome changed =
                cli.run("role", "change", "lister", "--permission", "catalog:read", "--permission", "composition:read");
        assertThat(changed.out()).contains("Reads the catalogue.", "may composition:read");
        assertThat(bearer.run("compose", "list").code()).isEqualTo(ExitCode.OK);
        assertThat(bearer.run("role", "create", "own", "--permission", "catalog:read")
                        .code())
                .isEqualTo(ExitCode.DENIED);
    }

    @Test
    void a_role_that_somebody_has_stays_and_another_one_is_deleted() {
        cli.run("role", "create", "kept", "--permission", "catalog:read");
        cli.run("token", "issue", "--label", "keeper", "--role", "kept");
        Cli.Outcome refused = cli.run("role", "delete", "kept");
        assertThat(refused.code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(refused.err()).contains("the token keeper");
        cli.run("role", "create", "unused", "--permission", "catalog:read");
        assertThat(cli.run("role", "delete", "unused").out()).isEqualTo("Deleted unused.%n".formatted());
        assertThat(cli.run("role", "show", "unused").code()).isEqualTo(ExitCode.NOT_FOUND);
    }
}
