package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.FakeServer;
import dev.apg.cli.testing.FakeServer.Answer;
import dev.apg.contract.canonical.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server answers what it was asked, and fails at what is asked beside that. */
class SideQuestionTests {
    private static final String REPORT = """
            {"valid": false, "findings": [{"severity": "error", "code": "configuration.missing", "capability": "invoice",
             "path": "configuration.currency", "sentence": "currency is missing", "fixes": []}]}
            """;

    @TempDir
    Path directory;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = FakeServer.answering(Answer.refusal(503, "server.busy", "Too busy"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Cli cli() {
        return Cli.alone(directory).with("APG_URL", server.url());
    }

    private Cli.Outcome run(String... arguments) {
        return cli().run(arguments);
    }

    @Test
    void a_report_is_printed_where_the_draft_cannot_be_asked_for_advice() {
        server.answer("/api/v1/compositions/shop/validate", Answer.of(200, REPORT));

        Cli.Outcome validated = run("compose", "validate", "shop");

        assertThat(validated.code()).isEqualTo(ExitCode.INVALID);
        assertThat(validated.out()).contains("currency is missing", "shop cannot be frozen.");
        assertThat(validated.err()).isEmpty();
        assertThat(server.paths()).endsWith("/api/v1/compositions/shop/draft");
    }

    @Test
    void a_refused_freeze_stays_refused_whatever_becomes_of_the_advice() {
        server.answer(
                "/api/v1/compositions/shop/revisions",
                Answer.refusal(422, "composition.invalid", "It cannot be frozen"));

        Cli.Outcome unexplained = run("freeze", "shop", "--draft", "1");
        server.answer("/api/v1/compositions/shop/validate", Answer.of(200, REPORT));
        Cli.Outcome unadvised = run("freeze", "shop", "--draft", "1");

        for (Cli.Outcome refused : List.of(unexplained, unadvised)) {
            assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
            assertThat(refused.err()).startsWith("apg: It cannot be frozen\n");
        }
        List<String> before = server.paths();
        assertThat(run("freeze", "shop", "--draft", "1", "--json")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("composition.invalid");
        assertThat(server.paths().subList(before.size(), server.paths().size()))
                .containsExactly("/api/v1/compositions/shop/revisions");
    }

    @Test
    void a_freeze_of_what_has_no_solution_ends_as_that_where_nobody_explains_it() {
        server.answer("/api/v1/compositions/shop/revisions", Answer.of(422, """
                {"type": "about:blank", "title": "t", "status": 422, "code": "composition.invalid", "detail": "told",
                 "errors": [{"field": "draft", "expected": "a solution", "code": "unsatisfied", "finding": "No redis"}]}
                """));

        Cli.Outcome refused = run("freeze", "shop", "--draft", "1");

        assertThat(refused.code()).isEqualTo(ExitCode.UNSOLVABLE);
        assertThat(refused.err()).isEqualTo("apg: There is 1 error:\napg: unsatisfied: No redis\n");
    }

    @Test
    void a_bundle_is_fetched_where_nobody_says_what_became_of_its_versions() {
        String archive = "the archive";
        server.answer(
                "/api/v1/compositions/shop/revisions/1/bundle",
                Answer.of(200, archive)
                        .with("ETag", "\"%s\"".formatted(Digest.of(archive.getBytes(StandardCharsets.UTF_8)))));

        Cli.Outcome bundled = run("bundle", "shop@1", "-o", "shop.tar");

        assertThat(bundled.code()).isEqualTo(ExitCode.OK);
        assertThat(bundled.out()).startsWith("Bundle of shop@1 in shop.tar (1 file, ");
        assertThat(bundled.err()).isEmpty();
        assertThat(server.paths()).endsWith("/api/v1/compositions/shop/revisions/1");
        assertThat(directory.resolve("shop.tar")).hasContent(archive);
    }

    @Test
    void a_refused_operation_stays_refused_and_is_not_guessed_at() {
        server.answer(
                "/api/v1/compositions/shop/draft/operations",
                Answer.refusal(422, "capability.unknown", "There is no capability carts"));
        server.answer("/api/v1/services/carts", Answer.of(200, "{\"code\": \"carts\"}"));

        Cli.Outcome refused = run("compose", "add", "shop", "carts");

        // That no capability is called so was not said, so it may be one.
        assertThat(refused.err()).isEqualTo("apg: There is no capability carts\n");
        List<String> before = server.paths();
        run("compose", "add", "shop", "carts", "--json");
        assertThat(server.paths().subList(before.size(), server.paths().size()))
                .containsExactly("/api/v1/compositions/shop/draft/operations");
    }

    @Test
    void who_configures_a_service_is_told_that_it_has_no_configuration() {
        server.answer(
                "/api/v1/compositions/shop/draft/operations",
                Answer.refusal(422, "capability.unknown", "There is no capability carts"));
        server.answer("/api/v1/capabilities/carts", Answer.refusal(404, "capability.not_found", "none"));
        server.answer("/api/v1/services/carts", Answer.of(200, "{\"code\": \"carts\"}"));

        assertThat(run("compose", "add", "shop", "carts", "--configuration", "{\"a\": 1}")
                        .err())
                .endsWith(
                        "apg: It is the code of a service; for that: `apg compose require shop carts`. A service has no configuration: give it to the capability that provides it.\n");
    }

    @Test
    void what_was_done_is_told_where_it_cannot_be_waited_for() {
        String version = """
                {"capability": "redis", "version": "1.0.0", "digest": "sha256:1", "created": true, "cursor": "1.2", "warnings": []}
                """;
        server.answer("/api/v1/capabilities/redis/versions", Answer.of(201, version));

        Cli.Outcome published = cli().reading(
                        "{\"format\": \"apg.version/1\", \"capability\": \"redis\", \"version\": \"1.0.0\"}")
                .run("publish", "-");

        assertThat(published.code()).isEqualTo(ExitCode.OK);
        assertThat(published.out()).startsWith("Published redis 1.0.0\n");
        assertThat(published.err()).isEqualTo("apg: It is done, but this node may not show it yet: Too busy\n");
    }
}
