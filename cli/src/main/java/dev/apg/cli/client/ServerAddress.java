package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which server, and with which token.
 *
 * @param url without a trailing slash
 */
public record ServerAddress(URI url, Optional<String> token) {
    private static final String LOCAL = "http://127.0.0.1:8000";

    /**
     * From the command line's options, else {@code APG_URL} and {@code APG_TOKEN}, else a local server in development with
     * the token that it wrote into its data directory.
     */
    public static ServerAddress of(Optional<String> url, Optional<String> token, Map<String, String> environment) {
        String text = url.or(() -> Optional.ofNullable(environment.get("APG_URL")))
                .orElseGet(() -> "http://127.0.0.1:" + environment.getOrDefault("PORT", "8000"));
        URI address;
        try {
            address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw unusable(text);
        }
        if (address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw unusable(text);
        }
        return new ServerAddress(
                address,
                token.or(() -> Optional.ofNullable(environment.get("APG_TOKEN")))
                        .or(() -> written(environment)));
    }

    private static CommandFailure unusable(String text) {
        return new CommandFailure(
                ExitCode.USAGE, "the server's address: %s (expected: an address such as %s)".formatted(text, LOCAL));
    }

    private static Optional<String> written(Map<String, String> environment) {
        Path file = Path.of(environment.getOrDefault("APG_DATA_DIR", "data"), "token");
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
