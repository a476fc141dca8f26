package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.WireJson;
import dev.apg.contract.event.EventDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Prints events as they come. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Print events as they come, until Ctrl-C.",
        footer = {
            "",
            "With --json, one event a line. A cursor that is older than the server remembers ends with 3.",
            "",
            "Examples:",
            "  apg watch",
            "  apg watch --after 1.42 --count 10 --json"
        })
public final class WatchCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/events";

    @Mixin
    ServerOptions server;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description = "Begin after this event (default: now); 0: the oldest.")
    @Nullable
    String after;

    @Option(names = "--count", paramLabel = "N", description = "End after so many events.")
    @Nullable
    Long count;

    @Option(names = "--type", paramLabel = "PREFIX", description = "Only types that begin so, such as version.")
    String type = "";

    @Option(
            names = "--interval",
            paramLabel = "MILLISECONDS",
            defaultValue = "1000",
            description = "How often to ask (default: ${DEFAULT-VALUE}).")
    int interval;

    @Override
    public Integer call() throws InterruptedException {
        if ((count != null && count < 1) || interval < 10) {
            throw new CommandFailure(ExitCode.USAGE, "--count is at least 1, --interval at least 10.");
        }
        if (EventDocument.TYPES.stream().noneMatch(known -> known.startsWith(type))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--type: %s (expected: the beginning of %s)"
                            .formatted(type, String.join(", ", EventDocument.TYPES)));
        }
        ApgClient client = server.client();
        @Nullable String cursor = start(client);
        long left = count == null ? Long.MAX_VALUE : count;
        while (true) {
            var parameters = new ArrayList<>(List.of(Map.entry("limit", "100")));
            if (cursor != null) {
                parameters.add(Map.entry("after", cursor));
            }
            JsonNode page = client.get(PATH + ApgClient.query(parameters));
            for (JsonNode event : page.path("items")) {
                if (event.path("type").asString("").startsWith(type)) {
                    print(event);
                    if (--left == 0) {
                        return ExitCode.OK.code();
                    }
                }
            }
            cursor = page.path("next_cursor").asString();
            if (page.path("items").isEmpty()) {
                Thread.sleep(interval);
            }
        }
    }

    /** Null: from the oldest event that the server remembers. */
    private @Nullable String start(ApgClient client) {
        if (after != null) {
            return after.equals("0") ? null : after;
        }
        return client.get(PATH + "?limit=1").path("end").asString();
    }

    private void print(JsonNode event) {
        if (server.json) {
            server.out().println(WireJson.MAPPER.writeValueAsString(event));
            return;
        }
        EventDocument read = ApgClient.read(event, EventDocument.class);
        Object reason = read.data().get("reason");
        server.out()
                .println(Table.clean("%s  %s  %s  %s  by %s%s"
                        .formatted(
                                read.at(),
                                read.cursor(),
                                read.type(),
                                read.subject(),
                                read.actor(),
                                reason == null ? "" : ": " + reason)));
    }
}
