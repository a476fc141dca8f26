package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.server.testing.TestAuthenticator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code apg login} of a person of whom a second factor is demanded. */
class SecondFactorLoginTests {
    private static final String PASSWORD = "violet harbour tram 7 quilt";
    private static final Pattern SECRET = Pattern.compile("Add it to an authenticator: ([A-Z2-7]+)");

    @TempDir
    Path directory;

    private Cli cli;
    private final String acme = "acme-" + UUID.randomUUID();

    @BeforeEach
    void start() throws Exception {
        cli = Cli.onSharedServer(directory)
                .with("HOME", directory.resolve("home").toString());
        Cli.Outcome made = cli.run("tenant", "create", acme);
        assertThat(made.code()).as(made.err()).isEqualTo(ExitCode.OK);
        String administrator = made.out().strip();
        Cli.Outcome invited = cli.with("APG_TOKEN", administrator)
                .run("account", "invite", "ada@example.com", "--name", "Ada", "--role", "capability_developer");
        assertThat(cli.reading(invited.out().strip() + "\n" + PASSWORD + "\n")
                        .run("account", "password")
                        .code())
                .isEqualTo(ExitCode.OK);
        demandOfEverybody(administrator);
    }

    private void demandOfEverybody(String administrator) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(cli.environment().get("APG_URL") + "/api/v1/login-policy"))
                    .header("Authorization", "Bearer " + administrator)
                    .header("Content-Type", "application/json")
                    .header("If-Match", "*")
                    .PUT(HttpRequest.BodyPublishers.ofString("{\"second_factor\": \"everybody\"}"))
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private Path kept() {
        return directory.resolve("home/.config/apg/logins.json");
    }

    private Cli.Outcome logIn(String code) {
        return cli.reading(PASSWORD + "\n" + code + "\n").run("login", "--tenant", acme, "--email", "ada@example.com");
    }

    /** What is typed, of which the last line depends on what was said before. */
    private static InputStream typing(String first, Supplier<String> last) {
        return new SequenceInputStream(new Enumeration<>() {
            private int given;

            @Override
            public boolean hasMoreElements() {
                return given < 2;
            }

            @Override
            public InputStream nextElement() {
                String line = given++ == 0 ? first : last.get();
                return new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** A first login, at which an authenticator takes the secret and shows a code. */
    private Cli.Outcome enrol(Function<String, String> code) {
        var out = new StringWriter();
        var err = new StringWriter();
        var commandLine = cli.reading(() -> typing(PASSWORD, () -> code.apply(secret(err.toString()))))
                .commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int status = commandLine.execute("login", "--tenant", acme, "--email", "ada@example.com");
        return new Cli.Outcome(ExitCode.values()[status], out.toString(), err.toString());
    }

    private static String secret(String said) {
        var found = SECRET.matcher(said);
        assertThat(found.find()).as(said).isTrue();
        return found.group(1);
    }

    private Cli.Outcome enrol() {
        Cli.Outcome enrolled = enrol(secret -> TestAuthenticator.code(secret, -1));
        assertThat(enrolled.code()).as(enrolled.err()).isEqualTo(ExitCode.OK);
        return enrolled;
    }

    private static List<String> recoveryCodes(Cli.Outcome enrolled) {
        return enrolled.err()
                .lines()
                .dropWhile(line -> !line.startsWith("Recovery codes"))
                .skip(1)
                .toList();
    }

    @Test
    void whoever_must_have_one_adds_it_and_comes_in_with_its_codes() throws IOException {
        Cli.Outcome enrolled = enrol();
        assertThat(enrolled.err()).contains("otpauth://totp/", "secret=" + secret(enrolled.err()));
        assertThat(recoveryCodes(enrolled)).hasSize(10).doesNotHaveDuplicates();
        assertThat(enrolled.out()).contains("as Ada of " + acme).doesNotContain(secret(enrolled.err()));
        assertThat(cli.run("whoami").out()).contains("Ada", acme);
        String first = Files.readString(kept());

        Cli.Outcome again = logIn(TestAuthenticator.code(secret(enrolled.err()), 0));
        assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(kept())).isNotEqualTo(first);
        assertThat(cli.run("whoami").out()).contains("Ada", acme);
    }

    @Test
    void a_wrong_code_lets_nobody_in_and_leaves_what_is_kept() throws IOException {
        Cli.Outcome enrolled = enrol();
        String before = Files.readString(kept());
        String used = TestAuthenticator.code(secret(enrolled.err()), -1);
        for (String code : List.of("000000", used, "nonsense")) {
            Cli.Outcome wrong = logIn(code);
            assertThat(wrong.code()).as(wrong.err()).isEqualTo(ExitCode.DENIED);
            assertThat(wrong.err()).hasLineCount(1).doesNotContain("APG_TOKEN", PASSWORD);
        }
        assertThat(Files.readString(kept())).isEqualTo(before);
        assertThat(cli.run("whoami").code()).isEqualTo(ExitCode.OK);
        assertThat(cli.reading(PASSWORD + "\n")
                        .run("login", "--tenant", acme, "--email", "ada@example.com")
                        .code())
                .as("no code at all")
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_wrong_code_adds_nothing_and_one_can_begin_again() {
        Cli.Outcome wrong = enrol(secret -> "000000");
        assertThat(wrong.code()).as(wrong.err()).isEqualTo(ExitCode.DENIED);
        assertThat(recoveryCodes(wrong)).isEmpty();
        assertThat(kept()).doesNotExist();

        enrol();
        assertThat(cli.run("whoami").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_recovery_code_stands_in_for_a_code_once() {
        String code = recoveryCodes(enrol()).get(3);
        Cli.Outcome in = logIn(code);
        assertThat(in.code()).as(in.err()).isEqualTo(ExitCode.OK);
        assertThat(Stream.of(in.out(), in.err())).noneMatch(text -> text.contains(code));
        assertThat(logIn(code).code()).isEqualTo(ExitCode.DENIED);
    }
}
