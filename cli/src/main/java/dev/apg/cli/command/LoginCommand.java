package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.KeptLogins;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.input.Prompts;
import dev.apg.contract.account.EnrolledLogin;
import dev.apg.contract.account.FactorSecret;
import dev.apg.contract.account.IssuedPersonalToken;
import dev.apg.contract.account.Login;
import dev.apg.contract.account.LoginAnswer;
import dev.apg.contract.account.LoginState;
import dev.apg.contract.account.LoginStep;
import dev.apg.contract.account.LoginToken;
import dev.apg.contract.account.Me;
import dev.apg.contract.account.NewPersonalToken;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Logs a person in, and keeps a token of theirs for the commands that follow. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Log in as a person: the commands that follow ask this server in their name.",
        footer = {
            "",
            "Asks for tenant, e-mail address and password, and for the code of an authenticator where there is one; where no person",
            "watches, they are the lines of the standard input. A token is made for this machine and kept in apg/logins.json below",
            "XDG_CONFIG_HOME or ~/.config, which only its owner can read; the session ends. APG_TOKEN and --token come before it.",
            "",
            "Examples:",
            "  apg login --tenant acme --email ada@example.com",
            "  apg login --with-token < token.txt"
        })
public final class LoginCommand implements Callable<Integer> {
    private static final String OWN_TOKENS = "/api/v1/me/tokens";

    @Mixin
    ServerOptions server;

    @Option(names = "--tenant", paramLabel = "CODE", description = "Tenant of the account.")
    @Nullable
    String tenant;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Address of the account.")
    @Nullable
    String email;

    @Option(
            names = "--label",
            paramLabel = "TEXT",
            defaultValue = "apg login",
            description = "How the token is called in the list of one's own (default: ${DEFAULT-VALUE}).")
    String label = "";

    @Option(
            names = "--expires-in-days",
            paramLabel = "DAYS",
            defaultValue = "90",
            description = "Until the token expires, 1 to 366 (default: ${DEFAULT-VALUE}).")
    int days;

    @Option(
            names = "--scope",
            paramLabel = "PERMISSION",
            description = "Only this, of all that the account may do; several may be given.")
    @Nullable
    List<String> scopes;

    @Option(
            names = "--with-token",
            description = "Keep a token that was made elsewhere: it is asked for, and nothing else.")
    boolean withToken;

    @Override
    public Integer call() {
        var prompts = new Prompts(server.shell(), server.err());
        ApgClient client = server.anonymousClient();
        URI address = client.server().url();
        String token = withToken ? prompts.secret("Token").strip() : issue(client, prompts);
        JsonMe me = me(server.client(token, withToken ? "the standard input" : "the login"));
        KeptLogins kept = KeptLogins.of(server.shell());
        kept.find(address)
                .filter(before -> !before.equals(token))
                .ifPresent(before -> revoke(server.client(before, "an earlier login")));
        Path file = kept.keep(address, token);
        if (server.json) {
            server.printJson(me.answer());
        } else {
            server.out()
                    .printf(
                            "Logged in to %s as %s of %s. The token is in %s.%n",
                            address, me.me().name(), me.me().tenant(), file);
        }
        return ExitCode.OK.code();
    }

    private record JsonMe(JsonNode answer, Me me) {}

    /** Who a token is, as nothing is kept that nobody takes. */
    private static JsonMe me(ApgClient bearer) {
        JsonNode answer = bearer.get("/api/v1/me");
        return new JsonMe(answer, ApgClient.read(answer, Me.class));
    }

    /** The one that is replaced is of no use to anybody. */
    private static void revoke(ApgClient bearer) {
        try {
            bearer.ask(bearer.request(OWN_TOKENS + "/current").DELETE());
        } catch (CommandFailure | ProblemException away) {
            // It expires by itself.
        }
    }

    private String issue(ApgClient client, Prompts prompts) {
        String of = tenant != null ? tenant : prompts.line("Tenant");
        String who = email != null ? email : prompts.line("E-mail address");
        var login = new Login(of, who, prompts.secret("Password"));
        Session session = complete(client, prompts, step(client, "", login));
        try {
            var wanted = new NewPersonalToken(label, scopes, Instant.now().plus(Duration.ofDays(days)));
            ApgClient.Answer issued = client.send(in(session, client.withJson(OWN_TOKENS, "POST", wanted)));
            return ApgClient.read(ApgClient.json(issued.body()), IssuedPersonalToken.class)
                    .text();
        } finally {
            client.ask(in(session, client.withJson("/api/auth/logout", "POST", Map.of())));
        }
    }

    /** A session as a browser would have it. */
    private record Session(String cookie, String csrf) {}

    private static HttpRequest.Builder in(Session session, HttpRequest.Builder request) {
        return request.header("Cookie", session.cookie()).header("X-APG-CSRF", session.csrf());
    }

    private static ApgClient.Answer step(ApgClient client, String which, Object body) {
        return client.send(client.withJson("/api/auth/login" + which, "POST", body));
    }

    private Session complete(ApgClient client, Prompts prompts, ApgClient.Answer first) {
        LoginAnswer answer = ApgClient.read(ApgClient.json(first.body()), LoginAnswer.class);
        return switch (answer.state()) {
            case COMPLETE -> session(first, answer);
            case SECOND_FACTOR -> {
                ApgClient.Answer second = step(
                        client,
                        "/second-factor",
                        new LoginStep(Objects.requireNonNull(answer.token()), prompts.secret("Code")));
                yield session(second, ApgClient.read(ApgClient.json(second.body()), LoginAnswer.class));
            }
            case ENROLMENT -> enrol(client, prompts, Objects.requireNonNull(answer.token()));
        };
    }

    private Session enrol(ApgClient client, Prompts prompts, String token) {
        FactorSecret secret = ApgClient.read(
                ApgClient.json(step(client, "/enrolment", new LoginToken(token)).body()), FactorSecret.class);
        server.err()
                .printf(
                        "A second factor is demanded of this account. Add it to an authenticator: %s%nor as %s%n",
                        secret.secret(), secret.uri());
        ApgClient.Answer confirmed =
                step(client, "/enrolment/confirmation", new LoginStep(token, prompts.secret("Code that it shows")));
        EnrolledLogin enrolled = ApgClient.read(ApgClient.json(confirmed.body()), EnrolledLogin.class);
        server.err().println("Recovery codes, each good once in place of a code, shown this once:");
        enrolled.recoveryCodes().forEach(code -> server.err().println(code));
        return session(confirmed, enrolled.login());
    }

    private static Session session(ApgClient.Answer answer, LoginAnswer login) {
        String cookie = answer.header("Set-Cookie")
                .map(header -> header.split(";", 2)[0])
                .orElseThrow(LoginCommand::noSession);
        String csrf = login.csrfToken();
        if (login.state() != LoginState.COMPLETE || csrf == null) {
            throw noSession();
        }
        return new Session(cookie, csrf);
    }

    private static CommandFailure noSession() {
        return new CommandFailure(
                ExitCode.FAILED, "The answer has no session: is APG_URL the address of an APG server?");
    }
}
