package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a composition that was never frozen. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Delete a composition that was never frozen.",
        footer = {"", "Examples:", "  apg compose delete shop"})
public final class ComposeDeleteCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION")
    String composition;

    @Override
    public Integer call() {
        ApgClient client = server.client();
        String path = "/api/v1/compositions/" + ApgClient.segment(composition);
        client.send(client.request(path).DELETE().header("If-Match", client.entityTag(path)));
        if (!server.json) {
            server.out().printf("Deleted %s.%n", composition);
        }
        return ExitCode.OK.code();
    }
}
