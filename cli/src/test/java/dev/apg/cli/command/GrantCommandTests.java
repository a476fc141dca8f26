package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    private Cli somebody(String label, String role) {
        return cli.with(
                "APG_TOKEN",
                cli.run("token", "issue", "--label", label, "--role", role)
                        .out()
                        .strip());
    }

    @Test
    void a_composition_is_made_for_a_team_shared_transferred_and_opened() {
        Cli owner = somebody("grant owner", "composition_designer");
        Cli other = somebody("grant other", "composition_designer");
        cli.run("team", "create", "grant-team");
        assertThat(owner.run("compose", "create", "grant-shop", "--owned-by", "me")
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(other.run("compose", "show", "grant-shop").code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(other.run("compose", "list").out()).doesNotContain("grant-shop");

        Cli.Outcome given = owner.run("grant", "give", "--composition", "grant-shop", "team:grant-team", "read");
        assertThat(given.out()).contains("grant owner", "own", "team:grant-team", "read", "(gone)");
        assertThat(owner.run("grant", "take", "--composition", "grant-shop", "team:grant-team")
                        .out())
                .doesNotContain("grant-team");
        Cli.Outcome last = owner.run("grant", "transfer", "--composition", "grant-shop", "team:grant-team");
        assertThat(last.out()).isEqualTo("grant-shop belongs to grant-team now.%n".formatted());
        assertThat(owner.run("compose", "show", "grant-shop").code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("grant", "list", "--composition", "grant-shop").err())
                .contains("Nobody is left who owns grant-shop");
        assertThat(cli.run("grant", "open", "--composition", "grant-shop").out())
                .contains("grant-shop is open");
        assertThat(other.run("compose", "show", "grant-shop").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_capability_that_somebody_owns_is_published_by_them_only() {
        Cli owner = somebody("capability owner", "capability_developer");
        Cli other = somebody("capability other", "capability_developer");
        String document = "{\"format\": \"apg.version/1\", \"capability\": \"grant-pay\", \"version\": \"%s\"}";
        assertThat(owner.reading(document.formatted("1.0.0"))
                        .run("publish", "-", "--owned-by", "me")
                        .code())
                .isEqualTo(ExitCode.OK);
        Cli.Outcome denied = other.reading(document.formatted("1.1.0")).run("publish", "-");
        assertThat(denied.code()).isEqualTo(ExitCode.DENIED);
        assertThat(denied.err()).contains("token capability owner owns", "no grant on grant-pay");
        assertThat(other.run("grant", "list", "--capability", "grant-pay").out())
                .contains("capability owner", "own");
        assertThat(other.run("grant", "list").code()).isEqualTo(ExitCode.USAGE);
        assertThat(owner.run("grant", "give", "--capability", "grant-pay", "me", "rule")
                        .err())
                .contains("LEVEL: rule (expected: read, edit, own)");
    }
}
