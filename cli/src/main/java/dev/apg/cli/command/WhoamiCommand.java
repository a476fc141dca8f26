package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.output.Table;
import dev.apg.contract.account.Me;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says in whose name commands ask. */
@Command(
        name = "whoami",
        mixinStandardHelpOptions = true,
        description = "Say in whose name commands ask the server, and what that one may do.",
        footer = {"", "Examples:", "  apg whoami"})
public final class WhoamiCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Override
    public Integer call() {
        if (server.address().token().isEmpty() && server.hasPlatformKey()) {
            throw new CommandFailure(
                    ExitCode.DENIED,
                    "There is no token, only the platform's key, which is of no tenant: `apg tenant` commands ask with it. Give a token with APG_TOKEN or --token, or run `apg login`.");
        }
        server.print(server.client().get("/api/v1/me"), Me.class, me -> {
            var table = new Table("WHO", me.name());
            table.row("kind", me.kind());
            table.row("tenant", me.tenant());
            table.row("role", me.role());
            table.row("teams", String.join(", ", me.teams()));
            table.row("may", String.join(", ", me.permissions()));
            server.out().print(table);
        });
        return ExitCode.OK.code();
    }
}
