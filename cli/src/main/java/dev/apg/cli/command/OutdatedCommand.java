package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.OutdatedText;
import dev.apg.cli.output.ResolutionText;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.OutdatedKind;
import dev.apg.contract.composition.OutdatedQuestion;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Says what newer versions there are of what a revision holds. */
@Command(
        name = "outdated",
        mixinStandardHelpOptions = true,
        description =
                "Say what newer versions there are of what a revision holds, what is in their way, and the steps there.",
        footer = {
            "",
            "Nothing is changed. Ends with 6 if the draft has no solution, and says why; with 1 if the step budget ran out. With",
            "--exit-code it ends with 9 if something is to be done: a newer version can be had, a version is yanked or purged, or",
            "the draft chooses something else. What is blocked is nobody's to mend here, so it does not count.",
            "",
            "Examples:",
            "  apg outdated online-boutique",
            "  apg outdated online-boutique --plan",
            "  apg outdated online-boutique --exit-code --json"
        })
public final class OutdatedCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION")
    String composition;

    @Option(names = "--all", description = "List what is up to date, too.")
    boolean all;

    @Option(
            names = "--plan",
            description =
                    "Print the steps to the newest versions: first away from deprecated ones, then the smallest risk "
                            + "first.")
    boolean plan;

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            description = "Look at this revision (default: the newest one, else what the draft resolves to).")
    @Nullable
    Integer revision;

    @Option(names = "--steps", paramLabel = "N", description = "How much work may be done (default: 50000000).")
    @Nullable
    Long steps;

    @Option(names = "--exit-code", description = "End with 9 if there is something to be done.")
    boolean exitCode;

    @Override
    public Integer call() {
        JsonNode answer = server.client()
                .inquire(
                        "/api/v1/compositions/%s/outdated".formatted(ApgClient.segment(composition)),
                        new OutdatedQuestion(revision, steps));
        server.print(answer, Outdated.class, this::print);
        Outdated outdated = ApgClient.read(answer, Outdated.class);
        if (outdated.unsolvable() != null) {
            return ExitCode.UNSOLVABLE.code();
        }
        if (outdated.plan() == null) {
            return ExitCode.FAILED.code();
        }
        if (!exitCode) {
            return ExitCode.OK.code();
        }
        if (outdated.entries().stream().anyMatch(OutdatedCommand::isToBeDone)) {
            return ExitCode.OUTDATED.code();
        }
        // Nobody may take what is not known for nothing to be done.
        boolean unknown = outdated.entries().stream().anyMatch(entry -> entry.kind() == OutdatedKind.NOT_CHECKED);
        return (unknown ? ExitCode.FAILED : ExitCode.OK).code();
    }

    private static boolean isToBeDone(Outdated.Entry entry) {
        boolean gone = entry.state() == VersionState.YANKED || entry.state() == VersionState.PURGED;
        return gone
                || entry.withChanges() != null
                || switch (entry.kind()) {
                    case UP_TO_DATE -> false;
                    // A newer version than the current one, if not the newest.
                    case BLOCKED, NOT_PREFERRED, NOT_CHECKED ->
                        entry.withinRanges() != null && !entry.current().equals(entry.withinRanges());
                    case WITHIN_RANGES, NEEDS_RANGE_CHANGE, NOT_CHOSEN -> true;
                };
    }

    private void print(Outdated outdated) {
        server.out().print(OutdatedText.table(composition, outdated, all, server::spell));
        if (outdated.unsolvable() != null) {
            server.out().println();
            if (outdated.revision() != null) {
                server.out()
                        .printf(
                                "%s@%d stays as it is. Its draft cannot be resolved again, so nothing newer was checked.%n",
                                composition, outdated.revision());
            }
            server.out().print(ResolutionText.of(outdated.unsolvable(), Fixes.commands(composition, server)));
        } else if (outdated.plan() == null) {
            server.out()
                    .printf(
                            "The step budget ran out after %d steps, before all was known: give a larger one with --steps.%n",
                            outdated.steps());
        } else if (plan) {
            server.out().print(OutdatedText.plan(composition, outdated, outdated.plan(), server::spell));
        } else if (!outdated.plan().steps().isEmpty()) {
            server.out().printf("The steps there: %s%n", server.again(List.of("--plan")));
        }
    }
}
