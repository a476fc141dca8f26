package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginCommandTests {
    private static final String PASSWORD = "violet harbour tram 7 quilt";

    @TempDir
    Path directory;

    private Cli cli;
    private final String acme = "acme-" + UUID.randomUUID();

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory)
                .with("HOME", directory.resolve("home").toString());
        Cli.Outcome made = cli.run("tenant", "create", acme);
        assertThat(made.code()).as(made.err()).isEqualTo(ExitCode.OK);
        Cli.Outcome invited = cli.with("APG_TOKEN", made.out().strip())
                .run("account", "invite", "ada@example.com", "--name", "Ada", "--role", "capability_developer");
        assertThat(cli.reading(invited.out().strip() + "\n" + PASSWORD + "\n")
                        .run("account", "password")
                        .code())
                .isEqualTo(ExitCode.OK);
    }

    private Path kept() {
        return directory.resolve("home/.config/apg/logins.json");
    }

    private String token() throws IOException {
        return Files.readString(kept()).replaceAll("(?s).*(apgp_[A-Za-z0-9_-]+).*", "$1");
    }

    private Cli.Outcome logIn(String password) {
        return cli.reading(acme + "\nada@example.com\n" + password + "\n").run("login");
    }

    @Test
    void whoever_logs_in_is_asked_for_until_they_log_out() throws IOException {
        Cli.Outcome in = logIn(PASSWORD);
        assertThat(in.code()).as(in.err()).isEqualTo(ExitCode.OK);
        assertThat(in.out()).contains("as Ada of " + acme, "logins.json").doesNotContain("apgp_", PASSWORD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(kept())).contains("apgp_").doesNotContain(PASSWORD);

        assertThat(cli.run("whoami").out()).contains("Ada", "account", acme, "capability_developer");
        assertThat(cli.run("whoami", "--json").json().path("kind").asString()).isEqualTo("account");
        String token = token();
        Cli.Outcome out = cli.run("logout");
        assertThat(out.code()).as(out.err()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(kept())).doesNotContain("apgp_");
        assertThat(cli.with("APG_TOKEN", token).run("whoami").code()).isEqualTo(ExitCode.DENIED);
        assertThat(cli.run("logout").code()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void a_second_login_replaces_the_first_and_a_wrong_password_leaves_it() throws IOException {
        assertThat(logIn(PASSWORD).code()).isEqualTo(ExitCode.OK);
        String first = token();
        Cli.Outcome wrong = logIn("another harbour tram 7 quilt");
        assertThat(wrong.code()).isEqualTo(ExitCode.DENIED);
        assertThat(wrong.err()).doesNotContain("APG_TOKEN");
        assertThat(token()).isEqualTo(first);

        assertThat(logIn(PASSWORD).code()).isEqualTo(ExitCode.OK);
        assertThat(token()).isNotEqualTo(first);
        assertThat(cli.with("APG_TOKEN", first).run("whoami").code()).isEqualTo(ExitCode.DENIED);
    }

    @Test
    void a_token_of_elsewhere_is_kept_if_the_server_takes_it() throws IOException {
        Cli.Outcome made = cli.run("tenant", "token", acme);
        Cli.Outcome in = cli.reading(made.out()).run("login", "--with-token");
        assertThat(in.code()).as(in.err()).isEqualTo(ExitCode.OK);
        assertThat(cli.run("whoami").out()).contains("first administrator", "tenant_administrator");
        Cli.Outcome out = cli.run("logout");
        assertThat(out.code()).as(out.err()).isEqualTo(ExitCode.OK);
        assertThat(out.out()).contains("was not made by a login, and is still valid");

        Cli.Outcome wrong = cli.reading("apg_nonsense\n").run("login", "--with-token");
        assertThat(wrong.code()).isEqualTo(ExitCode.DENIED);
        assertThat(wrong.err()).contains("the standard input").doesNotContain("apg_nonsense");
        assertThat(Files.readString(kept())).doesNotContain("nonsense");
        assertThat(cli.run("login").code()).as("nothing to read").isEqualTo(ExitCode.USAGE);
    }
}
