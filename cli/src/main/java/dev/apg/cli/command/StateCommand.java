package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.output.ShellText;
import dev.apg.contract.Page;
import dev.apg.contract.capability.StateChange;
import dev.apg.contract.capability.VersionDetail;
import dev.apg.contract.composition.CompositionSummary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;

/** Deprecates, yanks, restores or purges a version. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description = "Deprecate, yank, restore or purge a version.",
        footer = {
            "",
            "deprecated: taken with a warning. yanked: taken only where a policy accepts it. published: restored.",
            "purged: its document is removed for ever, only number and digest stay; needs an administrator and --yes.",
            "Revisions that hold the version stay as they are, and say so. Which compositions' newest revisions do is told",
            "behind a deprecation or a yank. Before it, `apg impact CAPABILITY@VERSION --yank` says what it would mean for",
            "every composition, and `apg compose list --locks CAPABILITY@VERSION` which have it.",
            "",
            "Examples:",
            "  apg impact redis-cart@7.4.1 --yank",
            "  apg state redis-cart@7.4.1 deprecated --reason 'Another licence'",
            "  apg state redis-cart@7.4.1 yanked --reason 'Loses carts at restart'",
            "  apg state redis-cart@7.4.1 published"
        })
public final class StateCommand implements Callable<Integer> {
    /** Compositions that are named. */
    private static final String SHOWN = "10";

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
        server.print(ApgClient.json(answer.body()), VersionDetail.class, this::print);
        answer.headers().firstValue("X-APG-Seq").ifPresent(cursor -> server.awaitShown(client, cursor));
        if (!server.json && (state == StateChange.Wanted.DEPRECATED || state == StateChange.Wanted.YANKED)) {
            server.out()
                    .println(SideQuestion.ask(() -> holders(client, version)).orElseGet(() -> unknownHolders(version)));
        }
        return ExitCode.OK.code();
    }

    /** Of the version as it is; where there is no such capability, that is said instead, with the code that was meant. */
    private static String edition(ApgClient client, String path, Named version) {
        try {
            return client.entityTag(path);
        } catch (ProblemException refused) {
            if (refused.problem().code().equals("version.not_found")) {
                requireCapability(client, version.code(), refused);
            }
            throw refused;
        }
    }

    private static void requireCapability(ApgClient client, String code, ProblemException refused) {
        try {
            client.get("/api/v1/capabilities/" + ApgClient.segment(code));
        } catch (ProblemException unknown) {
            throw unknown.isNotFound() ? unknown : refused;
        } catch (CommandFailure unanswered) {
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

    private String unknownHolders(Named version) {
        return "Which compositions have it was asked and not answered: `%s` lists them."
                .formatted(server.spell(listing(version)));
    }

    private static String listing(Named version) {
        return "apg compose list --locks " + ShellText.quote(version.toString());
    }

    /** Whom the change concerns: those who froze with the version and did not freeze without it since. */
    private String holders(ApgClient client, Named version) {
        var parameters = List.of(Map.entry("locks", version.toString()), Map.entry("limit", SHOWN));
        Page<CompositionSummary> holders = ApgClient.read(
                client.get("/api/v1/compositions" + ApgClient.query(parameters)), new TypeReference<>() {});
        if (holders.totalCount() == 0) {
            return "No composition has it in its newest revision.";
        }
        String names = holders.items().stream()
                .map(holder -> "%s@%d".formatted(holder.code(), holder.head()))
                .collect(Collectors.joining(", "));
        long others = holders.totalCount() - holders.items().size();
        String rest = server.spell(listing(version));
        return "%s in the newest revision: %s%s."
                .formatted(
                        holders.totalCount() == 1
                                ? "1 composition has it"
                                : holders.totalCount() + " compositions have it",
                        names,
                        others == 0 ? "" : " and %d more (`%s` lists them)".formatted(others, rest));
    }
}
