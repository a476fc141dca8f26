package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.FakeServer;
import dev.apg.cli.testing.FakeServer.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityProviderCommandTests {
    @TempDir
    Path directory;

    @AutoClose
    private final FakeServer issuer = FakeServer.start();

    private Cli cli;

    IdentityProviderCommandTests() throws Exception {}

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
        issuer.answer(
                "/.well-known/openid-configuration",
                Answer.of(200, """
                        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                         "jwks_uri": "%1$s/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                         "id_token_signing_alg_values_supported": ["RS256"]}
                        """.formatted(issuer.url())).with("Content-Type", "application/json"));
        issuer.answer("/keys", Answer.of(200, "{\"keys\": []}").with("Content-Type", "application/json"));
    }

    private Cli.Outcome add(String code, String... more) {
        String[] options = {
            "identity-provider", "add", code, "--issuer", issuer.url().toString(), "--client-id", "apg"
        };
        String[] all = new String[options.length + more.length];
        System.arraycopy(options, 0, all, 0, options.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        return cli.reading("hidden-client-secret\n").run(all);
    }

    @Test
    void a_provider_is_added_shown_changed_disabled_and_deleted_without_its_secret() {
        Cli.Outcome added = add("work", "--group", "cn=dev,ou=it=observer", "--group", "ops=registry_administrator");
        assertThat(added.code()).as(added.err()).isEqualTo(ExitCode.OK);
        assertThat(added.out())
                .contains(
                        "/api/auth/sso/default/work/callback",
                        "group cn=dev,ou=it: observer",
                        "group ops: registry_administrator",
                        "otherwise: nobody comes in")
                .doesNotContain("hidden-client-secret");

        Cli.Outcome changed = cli.run(
                "identity-provider", "change", "work", "--otherwise", "observer", "--no-create-accounts", "--json");
        assertThat(changed.code()).as(changed.err()).isEqualTo(ExitCode.OK);
        assertThat(changed.out())
                .as("what was not said has stayed")
                .contains("registry_administrator", "\"otherwise\"", "false");
        Cli.Outcome bounded =
                cli.run("identity-provider", "change", "work", "--domain", "example.com", "--second-factor", "mfa");
        assertThat(bounded.code()).as(bounded.err()).isEqualTo(ExitCode.OK);
        for (Cli.Outcome shown : List.of(bounded, cli.run("identity-provider", "show", "work"))) {
            assertThat(shown.out())
                    .containsPattern("domains +example\\.com")
                    .containsPattern("makes accounts +no")
                    .containsPattern("gives accounts of the same address +no")
                    .containsPattern("counts as a second factor +mfa")
                    .contains("address email, name name, groups groups");
        }
        assertThat(cli.run("identity-provider", "disable", "work").out()).contains("work (work), disabled");
        assertThat(cli.run("identity-provider", "list").out()).contains("work", "disabled");
        assertThat(cli.run("identity-provider", "enable", "work").out()).doesNotContain("disabled");
        assertThat(cli.run("identity-provider", "delete", "work").out()).isEqualTo("Deleted work.%n".formatted());
        assertThat(cli.run("identity-provider", "show", "work").code()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void what_is_wrong_is_told() {
        assertThat(add("wrong", "--group", "engineers").code()).isEqualTo(ExitCode.USAGE);
        Cli.Outcome nobody = cli.reading("hidden-client-secret\n")
                .run("identity-provider", "add", "wrong", "--issuer", issuer.url() + "/other", "--client-id", "apg");
        assertThat(nobody.code()).isEqualTo(ExitCode.INVALID);
        assertThat(nobody.err()).contains("issuer").doesNotContain("hidden-client-secret");
    }
}
