package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.ResolutionText;
import dev.apg.cli.output.Table;
import dev.apg.contract.composition.Verdict;
import dev.apg.contract.composition.VersionChange;
import dev.apg.contract.composition.WhyAnswer;
import dev.apg.contract.composition.WhyQuestion;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Says why a version is there, and why not another one. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = "Say why a capability is there in its version, and why not in another one.",
        footer = {
            "",
            "Of a service it says who needs it, who provides it, and why that one.",
            "",
            "It tells about what `apg resolve` with the same options chooses.",
            "",
            "Examples:",
            "  apg why online-boutique redis-cart",
            "  apg why online-boutique redis-cart@7.4.1",
            "  apg why online-boutique redis-cart --update redis-cart",
            "  apg why online-boutique hipstershop.cart"
        })
public final class WhyCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION")
    String composition;

    @Parameters(
            paramLabel = "CAPABILITY[@VERSION]",
            description = "Or a service. With a version: why not this one (default: why not the newest).")
    String capability;

    @Mixin
    ResolutionOptions options;

    @Override
    public Integer call() {
        Named named = Named.capability(capability);
        JsonNode answer = server.client()
                .inquire(
                        "/api/v1/compositions/%s/why".formatted(ApgClient.segment(composition)),
                        new WhyQuestion(named.code(), named.version().orElse(null), options.asked()));
        server.print(answer, WhyAnswer.class, this::print);
        return ExitCode.OK.code();
    }

    private void print(WhyAnswer answer) {
        server.out().println(Table.clean(answer.sentence()));
        if (answer.verdict() == Verdict.EXHAUSTED) {
            server.out().println("Give a larger step budget with --steps.");
        }
        if (answer.explanation() != null) {
            server.out().println();
            server.out().print(ResolutionText.derivation(answer.explanation()));
            server.out().print(ResolutionText.fixes(answer.explanation(), Fixes.commands(composition, server)));
        }
        List<VersionChange> changes = answer.changes() == null ? List.of() : answer.changes();
        if (!changes.isEmpty()) {
            server.out().println("\nWith it this would change:");
            changes.forEach(change -> server.out().println("  " + Table.clean(change.sentence())));
        }
    }
}
