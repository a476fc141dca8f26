package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void a_new_client_is_printed_as_id_and_secret_and_nothing_else() {
        Cli.Outcome created =
                cli.run("client", "create", "--label", "deployer", "--role", "observer", "--scope", "catalog:read");

        assertThat(created.code()).as(created.err()).isEqualTo(ExitCode.OK);
        List<String> lines = created.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("client_id=apgc_");
        assertThat(lines.get(1)).startsWith("client_secret=apgs_");
        assertThat(created.err()).contains("deployer", "observer", "/api/auth/token", "apg client revoke");
        assertThat(cli.run("client", "list").out())
                .contains("deployer", "catalog:read", "never")
                .doesNotContain("apgs_");
    }

    @Test
    void a_revoked_client_is_listed_as_revoked() {
        var created = cli.run("client", "create", "--label", "soon gone", "--role", "observer", "--json")
                .json();
        String id = created.path("client").path("id").asString();

        assertThat(cli.run("client", "revoke", id).out()).isEqualTo("Revoked %s.%n".formatted(id));

        var listed = cli.run("client", "list", "--limit", "100", "--json").json();
        assertThat(listed.path("items")
                        .valueStream()
                        .filter(client -> client.path("id").asString().equals(id)))
                .singleElement()
                .satisfies(client -> assertThat(client.has("revoked_at")).isTrue());
        assertThat(cli.run("client", "revoke", "01a20140-e16f-7000-a69a-5de1fb050c76")
                        .code())
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("client", "create", "--label", "x", "--role", "observer", "--scope", "catalog:write")
                        .err())
                .contains("scopes[0]: catalog:write (expected: one of catalog:read, ");
    }
}
