package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.JobToken;
import dev.apg.cli.client.Patience;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.account.NewPipeline;
import dev.apg.contract.account.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Trusts pipelines of CI services to publish without a stored secret. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = "Trust pipelines of CI services to publish without a stored secret.",
        footer = {
            "",
            "Examples:",
            "  apg pipeline create --label cart-release --github acme/cart --claim environment=release --capability cart",
            "  apg pipeline list"
        })
public final class PipelineCommand {
    private static final String PATH = "/api/v1/pipelines";
    private static final String GITHUB = "https://token.actions.githubusercontent.com";
    private static final String GITLAB = "https://gitlab.com";

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Trust the jobs of a pipeline to publish some capabilities.",
            footer = {
                "",
                "A job is one of the pipeline if its identity token says all the claims. In a value, * stands for any",
                "characters but / : and @; in a capability, for any but /. What is printed is no secret.",
                "",
                "Examples:",
                "  apg pipeline create --label cart-release --github acme/cart --claim environment=release --capability cart",
                "  apg pipeline create --label shop --gitlab acme/shop --claim ref_protected=true --capability 'shop-*'",
                "  apg pipeline create --label nightly --issuer https://ci.corp.example --claim sub=nightly --capability cart"
            })
    int create(
            @Mixin ServerOptions server,
            @Option(names = "--label", required = true, paramLabel = "TEXT", description = "Which pipeline it is.")
                    String label,
            @Option(
                            names = "--github",
                            paramLabel = "OWNER/REPOSITORY",
                            description = "Of this repository: its issuer, and the claim repository.")
                    @Nullable
                    String github,
            @Option(
                            names = "--gitlab",
                            paramLabel = "GROUP/PROJECT",
                            description = "Of this project on gitlab.com: its issuer, and the claim project_path.")
                    @Nullable
                    String gitlab,
            @Option(names = "--issuer", paramLabel = "URL", description = "Of another issuer of identity tokens.")
                    @Nullable
                    String issuer,
            @Option(
                            names = "--audience",
                            paramLabel = "TEXT",
                            description = "For whom the tokens must be (default: the server's own address).")
                    @Nullable
                    String audience,
            @Option(
                            names = "--claim",
                            paramLabel = "NAME=VALUE",
                            description = "What a token must say; may be repeated.")
                    @Nullable
                    Map<String, String> claims,
            @Option(
                            names = "--capability",
                            required = true,
                            paramLabel = "CODE",
                            description = "What its jobs may publish; may be repeated.")
                    List<String> capabilities) {
        if (Stream.of(github, gitlab, issuer).filter(each -> each != null).count() != 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Whose pipeline is it? (expected: one of --github, --gitlab and --issuer)");
        }
        Map<String, String> all = new TreeMap<>(claims == null ? Map.of() : claims);
        if (github != null) {
            all.put("repository", github);
        }
        if (gitlab != null) {
            all.put("project_path", gitlab);
        }
        String from = github != null ? GITHUB : gitlab != null ? GITLAB : String.valueOf(issuer);
        JsonNode answer = server.client().post(PATH, new NewPipeline(label, from, audience, all, capabilities));
        server.print(answer, Pipeline.class, created -> {
            server.out().println(created.clientId());
            server.err()
                    .printf(
                            "Jobs of %s publish %s: set %s to the line above in them, and ask for identity tokens for %s. Revoke it with %s.%n",
                            label,
                            String.join(", ", created.capabilities()),
                            JobToken.PIPELINE,
                            created.audience(),
                            server.sentence("`apg pipeline revoke %s`".formatted(created.id())));
        });
        return ExitCode.OK.code();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List pipelines, newest first.",
            footer = {"", "Examples:", "  apg pipeline list --limit 100"})
    int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
        JsonNode answer = server.client().get(PATH + ApgClient.query(page.parameters()));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<Pipeline> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("ID", "LABEL", "ISSUER", "CLAIMS", "CAPABILITIES", "BY", "LAST USED", "REVOKED");
        list.items()
                .forEach(pipeline -> table.row(
                        pipeline.id(),
                        pipeline.label(),
                        pipeline.issuer(),
                        claims(pipeline, " "),
                        String.join(" ", pipeline.capabilities()),
                        TokenCommand.by(pipeline.issuedBy()),
                        pipeline.lastUsedAt() == null ? "never" : pipeline.lastUsedAt(),
                        pipeline.revokedAt() == null ? "" : pipeline.revokedAt()));
        page.print(server, table, list, "There is no pipeline.");
        return ExitCode.OK.code();
    }

    private static String claims(Pipeline pipeline, String between) {
        return new TreeMap<>(pipeline.claims())
                .entrySet().stream()
                        .map(claim -> claim.getKey() + "=" + claim.getValue())
                        .collect(Collectors.joining(between));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show one pipeline.",
            footer = {"", "Examples:", "  apg pipeline show 0197c2f4-0000-7000-8000-000000000000"})
    int show(@Mixin ServerOptions server, @Parameters(paramLabel = "ID") String id) {
        JsonNode answer = server.client().get(PATH + "/" + ApgClient.segment(id));
        server.print(answer, Pipeline.class, pipeline -> {
            server.out().printf("%s%n  %s%n", pipeline.label(), pipeline.clientId());
            server.out().printf("  issuer        %s%n", pipeline.issuer());
            server.out().printf("  audience      %s%n", pipeline.audience());
            server.out().printf("  claims        %s%n", claims(pipeline, ", "));
            server.out().printf("  capabilities  %s%n", String.join(", ", pipeline.capabilities()));
            server.out()
                    .printf("  last used     %s%n", pipeline.lastUsedAt() == null ? "never" : pipeline.lastUsedAt());
            if (pipeline.revokedAt() != null) {
                server.out().printf("  revoked       %s%n", pipeline.revokedAt());
            }
        });
        return ExitCode.OK.code();
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Trust a pipeline no longer, and end every access token of its jobs.",
            footer = {"", "Examples:", "  apg pipeline revoke 0197c2f4-0000-7000-8000-000000000000"})
    int revoke(@Mixin ServerOptions server, @Parameters(paramLabel = "ID") String id) {
        ApgClient client = server.client();
        client.send(client.request(PATH + "/" + ApgClient.segment(id)).DELETE());
        if (!server.json) {
            server.out().printf("Revoked %s.%n", id);
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "token",
            mixinStandardHelpOptions = true,
            description = "In a job: exchange its identity token, and print the access token.",
            footer = {
                "",
                "`apg publish` and `apg import` do this by themselves. An identity token can be exchanged once: a job that has",
                "a single one, and publishes several times, keeps the access token, which is valid for 15 minutes.",
                "",
                "Examples:",
                "  apg pipeline token"
            })
    int token(@Mixin ServerOptions server) {
        var job = new JobToken(server.anonymousClient(), Patience.of(server.shell()), server.shell());
        server.raw().println(job.exchange().text());
        return ExitCode.OK.code();
    }
}
