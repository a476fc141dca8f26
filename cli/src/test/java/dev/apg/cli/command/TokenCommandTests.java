package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void a_new_token_is_the_only_line_of_the_output_and_works() {
        Cli.Outcome created = cli.run("token", "issue", "--label", "a reader", "--role", "observer", "--expires", "2h");

        assertThat(created.code()).isEqualTo(ExitCode.OK);
        assertThat(created.out().strip()).startsWith("apg_").doesNotContain("\n");
        assertThat(created.err()).contains("a reader", "observer", "apg token revoke");
        Cli bearer = cli.with("APG_TOKEN", created.out().strip());
        assertThat(bearer.run("compose", "list").code()).isEqualTo(ExitCode.OK);
        assertThat(bearer.run("compose", "create", "not-for-readers").code()).isEqualTo(ExitCode.DENIED);
    }

    @Test
    void a_revoked_token_is_refused_and_listed_as_revoked() {
        var issued = cli.run("token", "issue", "--label", "soon gone", "--role", "observer", "--json")
                .json();
        String id = issued.path("token").path("id").asString();

        assertThat(cli.run("token", "revoke", id).out()).isEqualTo("Revoked %s.%n".formatted(id));

        Cli bearer = cli.with("APG_TOKEN", issued.path("text").asString());
        assertThat(bearer.run("compose", "list").code()).isEqualTo(ExitCode.DENIED);
        assertThat(cli.run("token", "list").out()).contains("soon gone", "LABEL");
        var listed = cli.run("token", "list", "--limit", "100", "--json").json();
        assertThat(listed.path("items")
                        .valueStream()
                        .filter(token -> token.path("id").asString().equals(id)))
                .singleElement()
                .satisfies(token -> assertThat(token.has("revoked_at")).isTrue());
    }

    @Test
    void wrong_input_says_what_was_expected() {
        assertThat(cli.run("token", "issue", "--label", "x").code()).isEqualTo(ExitCode.USAGE);
        Cli.Outcome role = cli.run("token", "issue", "--label", "x", "--role", "emperor");
        assertThat(role.code()).isEqualTo(ExitCode.INVALID);
        assertThat(role.err())
                .contains("role: emperor (expected: one of tenant_administrator, registry_administrator, ");
        Cli.Outcome when = cli.run("token", "issue", "--label", "x", "--role", "observer", "--expires", "soon");
        assertThat(when.code()).isEqualTo(ExitCode.USAGE);
        assertThat(when.err()).contains("--expires: soon (expected: 12h, 90d");
        assertThat(cli.run("token", "revoke", "01a20140-e16f-7000-a69a-5de1fb050c76")
                        .code())
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("token", "list", "--limit", "1000").err()).contains("limit: 1000 (expected: 1 to 100)");
    }
}
