package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void a_person_is_invited_and_chooses_a_password() {
        Cli.Outcome invited =
                cli.run("account", "invite", "ada@cli.example", "--name", "Ada Lovelace", "--role", "observer");
        assertThat(invited.code()).as(invited.err()).isEqualTo(ExitCode.OK);
        assertThat(invited.out()).matches("apgl_[A-Za-z0-9_-]+\\R");
        assertThat(invited.err()).contains("ada@cli.example", "observer", "apg account password");
        assertThat(cli.run("account", "show", "ada@cli.example").out()).contains("Ada Lovelace", "invited");

        Cli.Outcome weak = cli.reading(invited.out() + "password1234\n").run("account", "password");
        assertThat(weak.code()).isEqualTo(ExitCode.INVALID);
        assertThat(weak.err()).contains("hard to guess");
        assertThat(cli.reading(invited.out() + "violet harbour tram 7 quilt\n")
                        .run("account", "password")
                        .out())
                .contains("The password is set.");
        assertThat(cli.run("account", "list", "--limit", "100").out()).contains("ada@cli.example", "active", "never");
    }

    @Test
    void a_person_gets_another_role_is_disabled_enabled_and_removed() {
        cli.run("account", "invite", "bob@cli.example", "--name", "Bob", "--role", "observer");

        assertThat(cli.run("account", "role", "bob@cli.example", "capability_developer")
                        .out())
                .contains("capability_developer");
        assertThat(cli.run("account", "disable", "bob@cli.example").out()).contains("disabled");
        assertThat(cli.run("account", "invite", "bob@cli.example", "--again").code())
                .isEqualTo(ExitCode.CONFLICT);
        assertThat(cli.run("account", "enable", "bob@cli.example").out()).contains("invited");
        assertThat(cli.run("account", "invite", "bob@cli.example", "--again").out())
                .startsWith("apgl_");
        assertThat(cli.run("account", "remove", "bob@cli.example").out())
                .isEqualTo("Removed bob@cli.example.%n".formatted());
        assertThat(cli.run("account", "show", "bob@cli.example").code()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void disabling_somebody_tells_what_they_made_and_revokes_it_if_it_shall() {
        Cli home = cli.with("HOME", directory.resolve("home").toString());
        String tenant = "acme-" + UUID.randomUUID();
        Cli administrator = home.with(
                "APG_TOKEN", home.run("tenant", "create", tenant).out().strip());
        String invitation = administrator
                .run("account", "invite", "eve@cli.example", "--name", "Eve", "--role", "tenant_administrator")
                .out();
        String password = "violet harbour tram 7 quilt";
        home.reading(invitation + password + "\n").run("account", "password");
        home.reading(tenant + "\neve@cli.example\n" + password + "\n").run("login");
        Cli.Outcome issued = home.run("token", "issue", "--label", "nightly", "--role", "tenant_administrator");
        assertThat(issued.code()).as(issued.err()).isEqualTo(ExitCode.OK);
        assertThat(administrator.run("token", "list").out()).contains("BY", "Eve");

        Cli.Outcome disabled = administrator.run("account", "disable", "eve@cli.example");
        assertThat(disabled.out()).contains("disabled", "Made by them, and good:", "nightly", "token");
        assertThat(disabled.err()).contains("apg account disable eve@cli.example --revoke-issued");
        Cli nightly = cli.with("APG_TOKEN", issued.out().strip());
        assertThat(nightly.run("whoami").code()).isEqualTo(ExitCode.OK);
        assertThat(administrator
                        .run("account", "disable", "eve@cli.example", "--revoke-issued")
                        .out())
                .doesNotContain("nightly");
        assertThat(nightly.run("whoami").code()).isEqualTo(ExitCode.DENIED);
    }

    @Test
    void what_does_not_go_together_is_refused() {
        assertThat(cli.run("account", "invite", "eve@cli.example").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("account", "invite", "eve@cli.example", "--again", "--role", "observer")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("account", "password").err()).contains("expected: a line with the Token");
    }
}
