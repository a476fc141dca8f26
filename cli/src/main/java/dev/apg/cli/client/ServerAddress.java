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
 * @param tokenFile where the token of a server on this machine was looked for
 */
public record ServerAddress(URI url, Optional<Token> token, Optional<Path> tokenFile) {
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
        Optional<Path> file = LOOPBACK.contains(address.getHost()) ? Optional.of(tokenFile(shell)) : Optional.empty();
        Optional<Token> known = token.map(given -> new Token(given, "--token"))
                .or(() -> given(shell, "APG_TOKEN").map(given -> new Token(given, "APG_TOKEN")))
                .or(() -> file.flatMap(ServerAddress::written));
        return new ServerAddress(address, known, file);
    }

    /**
     * A token.
     *
     * @param origin for people: the option, the variable or the file
     */
    public record Token(String text, String origin) {
        /** Without the text, which is a secret. */
        @Override
        public String toString() {
            return "the token of " + origin;
        }
    }

    /** The same server, asked by nobody in particular. */
    public ServerAddress anonymous() {
        return new ServerAddress(url, Optional.empty(), tokenFile);
    }

    /**
     * What a person is told when the server wants a token or another one.
     *
     * @param detail what the server says
     */
    public String refused(String detail) {
        if (token.isPresent()) {
            return "%s. The token came from %s; give another one with APG_TOKEN or --token."
                    .formatted(detail, token.get().origin());
        }
        return "The server wants a token. Give one with APG_TOKEN or --token%s."
                .formatted(tokenFile
                        .map(file ->
                                ("; a local development server writes one into APG_DATA_DIR, and there is no readable"
                                                + " file %s")
                                        .formatted(file))
                        .orElse(""));
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

    private static Optional<Token> written(Path file) {
        try {
            return Files.isReadable(file)
                    ? Optional.of(new Token(Files.readString(file).strip(), "the file " + file))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
