package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.Shell;
import dev.apg.contract.account.AccessToken;
import dev.apg.contract.account.AccessTokenRequest;
import dev.apg.contract.account.AuthorizationServer;
import dev.apg.contract.account.TokenRefusal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/**
 * The access token of a job that runs in a CI service: the service says by an identity token whose the job is, and the server
 * exchanges that, so that no secret has to be stored anywhere.
 */
public final class JobToken {
    /** The variable that makes a command one of a pipeline's job. */
    public static final String PIPELINE = "APG_PIPELINE";

    private static final String TOKEN = "APG_ID_TOKEN";
    private static final String TOKEN_FILE = "APG_ID_TOKEN_FILE";
    private static final String AUDIENCE = "APG_PIPELINE_AUDIENCE";
    private static final String GITHUB_URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private static final String GITHUB_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    private static final Pattern SIGNED = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final ApgClient server;
    private final Patience patience;
    private final Shell shell;

    /** @param server asked by nobody in particular */
    public JobToken(ApgClient server, Patience patience, Shell shell) {
        this.server = server;
        this.patience = patience;
        this.shell = shell;
    }

    /** Whether a command runs in a job that names its pipeline. */
    public static boolean isWanted(Shell shell) {
        return given(shell, PIPELINE).isPresent();
    }

    /**
     * Exchanges the job's identity token, which is used up by that.
     *
     * @throws CommandFailure if there is none, or the server does not take it
     */
    public ServerAddress.Token exchange() {
        String pipeline = given(shell, PIPELINE)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        PIPELINE + " is not set (expected: the client_id that `apg pipeline create` printed)"));
        var request = new AccessTokenRequest(EXCHANGE, pipeline, null, null, identity(), ID_TOKEN);
        ApgClient.Answer answer = server.ask(server.withJson("/api/auth/token", "POST", request));
        if (answer.status() != 200) {
            throw refused(answer);
        }
        String text =
                ApgClient.read(ApgClient.json(answer.body()), AccessToken.class).accessToken();
        return new ServerAddress.Token(text, "the exchange for " + PIPELINE);
    }

    private static CommandFailure refused(ApgClient.Answer answer) {
        String why = "it answered " + answer.status();
        try {
            TokenRefusal told = ApgClient.read(ApgClient.json(answer.body()), TokenRefusal.class);
            if (told.errorDescription() != null) {
                why = told.errorDescription();
            }
        } catch (JacksonException | CommandFailure other) {
            // Another kind of refusal, of which the status is told.
        }
        return new CommandFailure(
                answer.status() == 503 ? ExitCode.UNAVAILABLE : ExitCode.DENIED,
                "The server gives no access token for the identity token of this job: " + why);
    }

    private String identity() {
        return given(shell, TOKEN)
                .map(text -> signed(TOKEN, text))
                .or(() -> given(shell, TOKEN_FILE).map(this::read))
                .or(() -> given(shell, GITHUB_URL)
                        .flatMap(url -> given(shell, GITHUB_TOKEN).map(token -> ofGitHub(url, token))))
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "%s is set, and there is no identity token (expected: %s, %s, or a job of GitHub Actions with `permissions: id-token: write`)"
                                .formatted(PIPELINE, TOKEN, TOKEN_FILE)));
    }

    private String read(String file) {
        try {
            return signed(TOKEN_FILE, Files.readString(shell.path(file)));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s: %s cannot be read (expected: a file with an identity token)".formatted(TOKEN_FILE, file));
        }
    }

    private String ofGitHub(String url, String token) {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Patience.CONNECTION).build()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url + (url.contains("?") ? "&" : "?") + "audience="
                                    + URLEncoder.encode(audience(), StandardCharsets.UTF_8)))
                            .header("Authorization", "Bearer " + token)
                            .header("Accept", "application/json")
                            .timeout(patience.request())
                            .build(),
                    BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() == 200) {
                return signed(
                        "GitHub Actions",
                        ApgClient.json(answer.body().getBytes(StandardCharsets.UTF_8))
                                .path("value")
                                .asString(""));
            }
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "GitHub Actions gave no identity token: it answered %d (expected: 200; does the job have `permissions: id-token: write`?)"
                            .formatted(answer.statusCode()));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "GitHub Actions gave no identity token: it cannot be asked at " + GITHUB_URL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "interrupted");
        }
    }

    /** Whom GitHub makes a token for; unless a pipeline has another one, what the server calls itself. */
    private String audience() {
        return given(shell, AUDIENCE)
                .orElseGet(() -> server.get("/.well-known/oauth-authorization-server", AuthorizationServer.class)
                        .issuer());
    }

    /** Without the text, which is a secret. */
    private static String signed(String origin, String text) {
        if (!SIGNED.matcher(text.strip()).matches()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "%s: this value will not do (expected: a signed JSON Web Token)".formatted(origin));
        }
        return text.strip();
    }

    private static Optional<String> given(Shell shell, String name) {
        return Optional.ofNullable(shell.environment().get(name)).filter(value -> !value.isBlank());
    }
}
