package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.KeptLogins;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Revokes the token that a login keeps, and forgets it. */
@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = "Revoke the token that `apg login` keeps for this server, and forget it.",
        footer = {"", "Examples:", "  apg logout"})
public final class LogoutCommand implements Callable<Integer> {
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;

    @Mixin
    ServerOptions server;

    @Override
    public Integer call() {
        URI address = server.anonymousAddress().url();
        KeptLogins kept = KeptLogins.of(server.shell());
        String token = kept.find(address)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "No login is kept for %s (expected: one of `apg login`)".formatted(address)));
        ApgClient client = server.client(token, "`apg login`");
        int status =
                client.ask(client.request("/api/v1/me/tokens/current").DELETE()).status();
        if (status >= 300 && status != UNAUTHENTICATED && status != FORBIDDEN) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    "%s answered %d: the token is not revoked, and kept. Try again.".formatted(address, status));
        }
        kept.forget(address);
        if (!server.json) {
            server.out().printf("Logged out of %s%s.%n", address, words(status));
        }
        return ExitCode.OK.code();
    }

    private static String words(int status) {
        return switch (status) {
            case UNAUTHENTICATED -> "; the token was not valid any more";
            case FORBIDDEN -> "; the token was not made by a login, and is still valid: whoever made it can revoke it";
            default -> "";
        };
    }
}
