package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.output.ShellText;
import dev.apg.contract.capability.StateChange;
import dev.apg.contract.capability.VersionDetail;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deprecates, yanks, restores or purges a version. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description = "Deprecate, yank, restore or purge a version.",
        footer = {
            "",
            "deprecated: taken with a warning. yanked: taken only where a policy accepts it. published: restored.",
            "purged: its document is removed for ever, only number and digest stay; needs an administrator and --yes.",
            "Revisions that hold the version stay as they are, and say so.",
            "",
            "Examples:",
            "  apg state redis-cart@7.4.1 deprecated --reason 'Another licence'",
            "  apg state redis-cart@7.4.1 yanked --reason 'Loses carts at restart'",
            "  apg state redis-cart@7.4.1 published"
        })
public final class StateCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(index = "0", paramLabel = "CAPABILITY@VERSION")
    String named;

    @Parameters(index = "1", paramLabel = "STATE", description = "published, deprecated, yanked or purged.")
    StateChange.Wanted state;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; needed for all but published.")
    @Nullable
    String reason;

    @Option(names = "--yes", description = "Purge without being asked back.")
    boolean yes;

    @Override
    public Integer call() {
        Named version = Named.version(named);
        String number = version.version().orElseThrow();
        if (state != StateChange.Wanted.PUBLISHED && reason == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--reason is missing (expected: why %s %s is to be %s)"
                            .formatted(version.code(), number, state.state().wire()));
        }
        if (state == StateChange.Wanted.PURGED && !yes) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Purging removes the document of %s %s and the bundles that hold its content for ever, and its number is never used again: say --yes if that is meant."
                            .formatted(version.code(), number));
        }
        ApgClient client = server.client();
        String path = "/api/v1/capabilities/%s/versions/%s"
                .formatted(ApgClient.segment(version.code()), ApgClient.segment(number));
        var change = new StateChange(state, reason);
        ApgClient.Answer answer = client.send(
                client.withJson(path + "/state", "PUT", change).header("If-Match", edition(client, path, version)));
        answer.headers().firstValue("X-APG-Seq").ifPresent(client::awaitShown);
        server.print(ApgClient.json(answer.body()), VersionDetail.class, this::print);
        return ExitCode.OK.code();
    }

    /** Of the version as it is; where there is no such capability, that is said instead, with the code that was meant. */
    private static String edition(ApgClient client, String path, Named version) {
        try {
            return client.entityTag(path);
        } catch (ProblemException refused) {
            if (refused.problem().code().equals("version.not_found")) {
                client.get("/api/v1/capabilities/" + ApgClient.segment(version.code()));
            }
            throw refused;
        }
    }

    private void print(VersionDetail changed) {
        server.out()
                .printf(
                        "%s %s is %s now.%n",
                        changed.capability(), changed.version(), changed.state().wire());
        List<String> bundles = changed.purgedBundles();
        if (bundles != null && !bundles.isEmpty()) {
            server.out()
                    .printf(
                            "Bundles that held its content are gone: %s. Freeze these compositions again: %s%n",
                            String.join(", ", bundles),
                            bundles.stream()
                                    .map(bundle -> Named.parse(bundle).code())
                                    .distinct()
                                    .map(code -> server.spell("apg freeze " + ShellText.quote(code)))
                                    .collect(Collectors.joining("; ")));
        }
    }
}
