package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.input.Document;
import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.WarningText;
import dev.apg.contract.capability.Publication;
import dev.apg.contract.capability.VersionDocument;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Publishes one version. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Publish one version of a capability. What is published never changes.",
        footer = {
            "",
            "The same content again changes nothing; other content under the same number ends with 4. Versions that need",
            "each other are published together: see `apg import`.",
            "",
            "Examples:",
            "  apg publish samples/online-boutique/redis-cart/7.2.5.capability.yaml",
            "  apg publish - < capability.yaml",
            "  apg publish payments.yaml --owned-by team:payments-core"
        })
public final class PublishCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "FILE", description = "capability.yaml, or JSON; - reads standard input.")
    String file;

    @Option(
            names = "--owned-by",
            paramLabel = "OWNER",
            description =
                    "Whose a new capability is: team:CODE, account:ID, token:ID, client:ID, pipeline:ID or me; nobody else changes it then.")
    @Nullable
    String ownedBy;

    @Override
    public Integer call() {
        if (Files.isDirectory(server.path(file))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s is a directory (expected: a file). `apg import %s` publishes what is in it."
                            .formatted(file, ShellText.quote(file)));
        }
        Document document = server.document(file);
        document.requireFormat(VersionDocument.FORMAT);
        String code = document.root().path("capability").asString("");
        if (code.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    "%s: capability is missing (expected: a code such as redis-cart)".formatted(document.source()));
        }
        ApgClient client = server.client();
        JsonNode answer;
        try {
            answer = client.post(
                    "/api/v1/capabilities/%s/versions%s"
                            .formatted(
                                    ApgClient.segment(code),
                                    ApgClient.query(
                                            ownedBy == null ? List.of() : List.of(Map.entry("owned_by", ownedBy)))),
                    document.root());
        } catch (ProblemException refused) {
            throw document.locate(refused);
        }
        server.print(answer, Publication.class, publication -> print(publication, document));
        server.awaitShown(client, ApgClient.read(answer, Publication.class).cursor());
        return ExitCode.OK.code();
    }

    private void print(Publication publication, Document document) {
        server.out()
                .printf(
                        "%s %s %s%n  %s%n",
                        publication.created()
                                ? "Published"
                                : "Published before with the same content, nothing changed:",
                        publication.capability(),
                        publication.version(),
                        publication.digest());
        document.locate(publication.warnings()).forEach(warning -> server.err().println(WarningText.line(warning)));
    }
}
