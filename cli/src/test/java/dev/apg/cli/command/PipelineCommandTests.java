package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.server.testing.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineCommandTests {
    private static final String SERVER = "http://localhost:8000";

    @TempDir
    Path directory;

    private Cli cli;
    private TestIssuer issuer;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
        issuer = TestIssuer.start();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private String pipeline(String capability) {
        Cli.Outcome created = cli.run(
                "pipeline",
                "create",
                "--label",
                "release",
                "--issuer",
                issuer.issuer(),
                "--claim",
                "sub=job",
                "--capability",
                capability);
        assertThat(created.code()).as(created.err()).isEqualTo(ExitCode.OK);
        assertThat(created.err()).contains("publish " + capability, "APG_PIPELINE", SERVER, "apg pipeline revoke");
        return created.out().strip();
    }

    private String token(String subject) {
        return issuer.sign(issuer.claims(SERVER, subject));
    }

    private String document(String capability, String version) throws IOException {
        String name = capability + ".yaml";
        Files.writeString(
                directory.resolve(name),
                "format: apg.version/1\ncapability: %s\nversion: %s\n".formatted(capability, version));
        return name;
    }

    @Test
    void a_job_publishes_by_its_identity_token() throws IOException {
        Cli job = cli.with("APG_PIPELINE", pipeline("piped"));

        Cli.Outcome published = job.with("APG_ID_TOKEN", token("job")).run("publish", document("piped", "1.0.0"));
        assertThat(published.code()).as(published.err()).isEqualTo(ExitCode.OK);
        assertThat(published.out()).contains("Published piped 1.0.0");
        assertThat(published.err()).isEmpty();

        Files.writeString(directory.resolve("id-token"), token("job") + "\n");
        Cli.Outcome byFile = job.with("APG_ID_TOKEN_FILE", "id-token").run("publish", document("piped", "1.1.0"));
        assertThat(byFile.code()).as(byFile.err()).isEqualTo(ExitCode.OK);

        Cli.Outcome imported = job.with("APG_ID_TOKEN", token("job")).run("import", document("piped", "1.2.0"));
        assertThat(imported.code()).as(imported.err()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_job_with_one_identity_token_keeps_what_it_was_exchanged_for() throws IOException {
        Cli job = cli.with("APG_PIPELINE", pipeline("kept-*")).with("APG_ID_TOKEN", token("job"));
        Cli.Outcome exchanged = job.run("pipeline", "token");
        assertThat(exchanged.code()).as(exchanged.err()).isEqualTo(ExitCode.OK);

        Cli again = job.with("APG_TOKEN", exchanged.out().strip());
        for (String version : List.of("1.0.0", "1.1.0")) {
            assertThat(again.run("publish", document("kept-a", version)).code()).isEqualTo(ExitCode.OK);
        }
        Cli.Outcome twice = job.run("pipeline", "token");
        assertThat(twice.code()).isEqualTo(ExitCode.DENIED);
        assertThat(twice.err()).contains("exchanged before");
        assertThat(again.run("publish", document("other", "1.0.0")).err())
                .contains("this needs capability:publish on other; release has it on kept-* only");
    }

    @Test
    void github_is_asked_for_a_token_for_the_server() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        issuer.answers("/actions", exchange -> {
            asked.add(exchange.getRequestURI().getQuery() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            TestIssuer.send(exchange, 200, "{\"value\": \"%s\"}".formatted(token("job")));
        });
        Cli job = cli.with("APG_PIPELINE", pipeline("by-github"))
                .with("ACTIONS_ID_TOKEN_REQUEST_URL", issuer.issuer() + "/actions?api-version=2.0")
                .with("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "runner");

        Cli.Outcome published = job.run("publish", document("by-github", "1.0.0"));
        assertThat(published.code()).as(published.err()).isEqualTo(ExitCode.OK);
        assertThat(asked).containsExactly("api-version=2.0&audience=" + SERVER + " Bearer runner");

        Cli.Outcome other = job.with("APG_PIPELINE_AUDIENCE", "other").run("publish", document("by-github", "1.1.0"));
        assertThat(other.code()).isEqualTo(ExitCode.OK);
        assertThat(asked.getLast()).contains("audience=other");

        issuer.answers("/actions", exchange -> TestIssuer.send(exchange, 403, "{}"));
        Cli.Outcome refused = job.run("publish", document("by-github", "1.2.0"));
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("it answered 403", "id-token: write");
    }

    @Test
    void a_job_that_is_another_one_or_has_no_token_is_told_why() throws IOException {
        String pipeline = pipeline("refused");
        Cli job = cli.with("APG_PIPELINE", pipeline);
        String document = document("refused", "1.0.0");

        Cli.Outcome another = job.with("APG_ID_TOKEN", token("somebody")).run("publish", document);
        assertThat(another.code()).isEqualTo(ExitCode.DENIED);
        assertThat(another.err())
                .contains("says something else, or nothing, of sub")
                .doesNotContain("eyJ");
        Cli.Outcome none = job.run("publish", document);
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("there is no identity token", "APG_ID_TOKEN", "id-token: write");
        Cli.Outcome strange = job.with("APG_ID_TOKEN", "s3cr3t").run("publish", document);
        assertThat(strange.code()).isEqualTo(ExitCode.USAGE);
        assertThat(strange.err()).contains("this value will not do").doesNotContain("s3cr3t");
        assertThat(job.with("APG_ID_TOKEN_FILE", "nowhere")
                        .run("publish", document)
                        .err())
                .contains("APG_ID_TOKEN_FILE: nowhere cannot be read");
        Cli.Outcome unknown = cli.with("APG_PIPELINE", "apgj_none")
                .with("APG_ID_TOKEN", token("job"))
                .run("publish", document);
        assertThat(unknown.code()).isEqualTo(ExitCode.DENIED);
        assertThat(unknown.err()).contains("There is no such pipeline");
        assertThat(cli.run("pipeline", "token").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void pipelines_are_listed_shown_and_revoked() {
        Cli.Outcome created = cli.run(
                "pipeline",
                "create",
                "--label",
                "to be listed",
                "--github",
                "acme/cart",
                "--claim",
                "environment=release",
                "--capability",
                "listed",
                "--json");
        assertThat(created.code()).as(created.err()).isEqualTo(ExitCode.OK);
        String id = created.json().get("id").asString();
        assertThat(cli.run("pipeline", "list", "--limit", "100").out())
                .contains("to be listed", "environment=release repository=acme/cart", "never");
        assertThat(cli.run("pipeline", "show", id).out())
                .contains("https://token.actions.githubusercontent.com", "environment=release, repository=acme/cart");
        assertThat(cli.run("pipeline", "revoke", id).out()).isEqualTo("Revoked %s.%n".formatted(id));
        assertThat(cli.run("pipeline", "show", id).out()).contains("revoked");
        assertThat(cli.run("pipeline", "show", "01a20140-e16f-7000-a69a-5de1fb050c76")
                        .code())
                .isEqualTo(ExitCode.NOT_FOUND);
        Cli.Outcome gitlab = cli.run(
                "pipeline",
                "create",
                "--label",
                "shop",
                "--gitlab",
                "acme/shop",
                "--audience",
                "apg",
                "--capability",
                "shop-*",
                "--json");
        assertThat(gitlab.json().at("/claims/project_path").asString()).isEqualTo("acme/shop");
        assertThat(cli.run("pipeline", "create", "--label", "x", "--capability", "x", "--claim", "sub=x")
                        .err())
                .contains("expected: one of --github, --gitlab and --issuer");
        assertThat(cli.run(
                                "pipeline",
                                "create",
                                "--label",
                                "x",
                                "--issuer",
                                "https://gitlab.com",
                                "--claim",
                                "ref_protected=true",
                                "--capability",
                                "x")
                        .err())
                .contains("say whose job it is");
    }
}
