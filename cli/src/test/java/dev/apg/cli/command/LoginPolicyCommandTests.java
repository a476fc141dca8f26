package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginPolicyCommandTests {
    @TempDir
    Path directory;

    @Test
    void what_is_named_is_changed_and_the_rest_stays() {
        Cli platform = Cli.onSharedServer(directory);
        Cli.Outcome created = platform.run("tenant", "create", "policy-" + UUID.randomUUID());
        Cli cli = platform.with("APG_TOKEN", created.out().strip());

        assertThat(cli.run("login-policy").out())
                .containsPattern("second factor demanded of +nobody")
                .containsPattern("password lets in +everybody");
        Cli.Outcome demanded = cli.run("login-policy", "--second-factor", "everybody");
        assertThat(demanded.code()).as(demanded.err()).isEqualTo(ExitCode.OK);
        // The token of a tenant that was just made ends in a week: somebody has to be left who comes in after that.
        cli.run("token", "issue", "--label", "keeper", "--role", "tenant_administrator");
        Cli.Outcome closed = cli.run("login-policy", "--passwords", "administrators");
        assertThat(closed.code()).as(closed.err()).isEqualTo(ExitCode.OK);
        assertThat(closed.out())
                .containsPattern("second factor demanded of +everybody")
                .containsPattern("password lets in +administrators");
        assertThat(cli.run("login-policy", "--passwords", "robots").code()).isEqualTo(ExitCode.USAGE);
    }
}
