package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.composition.CompositionSummary;
import dev.apg.contract.composition.CompositionType;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Lists compositions. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List compositions by code.",
        footer = {
            "",
            "Examples:",
            "  apg compose list",
            "  apg compose list --type microservice --prefix online-",
            "  apg compose list --locks redis-cart@7.4.1"
        })
public final class ComposeListCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Mixin
    PageOptions page;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only of this type, such as microservice.")
    @Nullable
    CompositionType type;

    @Option(names = "--owner", paramLabel = "OWNER", description = "Only those of this owner.")
    @Nullable
    String owner;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only codes that begin so.")
    @Nullable
    String prefix;

    @Option(
            names = "--locks",
            paramLabel = "CAPABILITY@VERSION",
            description = "Only those whose newest revision has this version in its lock.")
    @Nullable
    String locks;

    @Override
    public Integer call() {
        var parameters = new ArrayList<>(page.parameters());
        if (type != null) {
            parameters.add(Map.entry("type", type.wire()));
        }
        if (owner != null) {
            parameters.add(Map.entry("owner", owner));
        }
        if (prefix != null) {
            parameters.add(Map.entry("prefix", prefix));
        }
        if (locks != null) {
            parameters.add(Map.entry("locks", Named.version(locks).toString()));
        }
        JsonNode answer = server.client().get("/api/v1/compositions" + ApgClient.query(parameters));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<CompositionSummary> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("COMPOSITION", "TYPE", "DRAFT", "REVISION", "NAME");
        list.items()
                .forEach(item -> table.row(
                        item.code(),
                        item.type().wire(),
                        item.draftNumber(),
                        item.head() == null ? "" : item.head(),
                        item.displayName()));
        boolean narrowed = type != null || owner != null || prefix != null || locks != null;
        page.print(
                server,
                table,
                list,
                narrowed
                        ? "There is no such composition."
                        : server.sentence(
                                "There is no composition yet: `apg compose create CODE` makes one, with a name of yours in place of CODE."));
        return ExitCode.OK.code();
    }
}
