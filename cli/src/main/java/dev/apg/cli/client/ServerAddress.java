package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Which server, and with which token.
 *
 * @param url without a trailing slash
 */
public record ServerAddress(URI url, Optional<String> token) {
    private static final String LOCAL = "http://127.0.0.1:8000";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /**
     * From the command line's options, else {@code APG_URL} and {@code APG_TOKEN}, else a local server in development with
     * the token that it wrote into its data directory. That token is never sent to another machine.
     */
    public static ServerAddress of(Optional<String> url, Optional<String> token, Shell shell) {
        String text = url.or(() -> given(shell, "APG_URL"))
                .orElseGet(() -> "http://127.0.0.1:" + given(shell, "PORT").orElse("8000"));
        URI address;
        try {
            address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw unusable(text);
        }
        if (address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw unusable(text);
        }
        Optional<String> known = token.or(() -> given(shell, "APG_TOKEN"));
        return new ServerAddress(
                address, known.isEmpty() && LOOPBACK.contains(address.getHost()) ? written(shell) : known);
    }

    /** The file that a development server writes its token into. */
    public static Path tokenFile(Shell shell) {
        return shell.dataDirectory().resolve("token");
    }

    /** Whether the server is on this machine. */
    public boolean local() {
        return LOOPBACK.contains(url.getHost());
    }

    private static Optional<String> given(Shell shell, String name) {
        return Optional.ofNullable(shell.environment().get(name)).filter(value -> !value.isBlank());
    }

    private static CommandFailure unusable(String text) {
        return new CommandFailure(
                ExitCode.USAGE, "the server's address: %s (expected: an address such as %s)".formatted(text, LOCAL));
    }

    private static Optional<String> written(Shell shell) {
        Path file = tokenFile(shell);
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
