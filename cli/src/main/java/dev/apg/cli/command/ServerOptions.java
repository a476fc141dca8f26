package dev.apg.cli.command;

import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ServerAddress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that talks to a server. */
final class ServerOptions {
    @Option(names = "--url", paramLabel = "URL", description = "The server (default: APG_URL, else the local one).")
    @Nullable
    String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The bearer token (default: APG_TOKEN, else the local server's own).")
    @Nullable
    String token;

    @Option(names = "--json", description = "Print JSON for scripts instead of text for people.")
    boolean json;

    ApgClient client() {
        return new ApgClient(address(System.getenv()));
    }

    ServerAddress address(Map<String, String> environment) {
        return ServerAddress.of(Optional.ofNullable(url), Optional.ofNullable(token), environment);
    }
}
