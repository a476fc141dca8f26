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
import java.util.regex.Pattern;

/**
 * Which server, and with which token.
 *
 * @param url without a trailing slash
 * @param variable that a token may be given with
 * @param tokenFile where the token of a server on this machine was looked for
 */
public record ServerAddress(URI url, Optional<Token> token, String variable, Optional<Path> tokenFile) {
    private static final String OF_TENANT = "APG_TOKEN";
    private static final String OF_PLATFORM = "APG_API_KEY";
    private static final String LOCAL = "http://127.0.0.1:8000";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** What addresses put before or behind their secrets. */
    private static final String SECRETS = "@?#";

    private static final int MOST_PORT = 65_535;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    /**
     * From the command line's options, else {@code APG_URL} and {@code APG_TOKEN}, else what {@code apg login} keeps for the
     * server, else a local server in development with the token that it wrote into its data directory. That token is never sent to another machine.
     */
    public static ServerAddress of(Optional<String> url, Optional<String> token, Shell shell) {
        return known(url, token, shell, OF_TENANT, tokenFile(shell));
    }

    /** The same with the platform's key in place of a tenant's token: {@code APG_API_KEY}, or the file of a local server. */
    public static ServerAddress ofPlatform(Optional<String> url, Optional<String> token, Shell shell) {
        return known(url, token, shell, OF_PLATFORM, shell.dataDirectory().resolve("platform-key"));
    }

    private static ServerAddress known(
            Optional<String> url, Optional<String> token, Shell shell, String variable, Path written) {
        URI address = anonymous(url, shell).url();
        Optional<Path> file = LOOPBACK.contains(address.getHost()) ? Optional.of(written) : Optional.empty();
        Optional<Token> known = token.map(given -> new Token(given, "--token"))
                .or(() -> given(shell, variable).map(given -> new Token(given, variable)))
                .or(() -> variable.equals(OF_TENANT) ? kept(address, shell) : Optional.empty())
                .or(() -> file.flatMap(ServerAddress::written));
        return new ServerAddress(address, known, variable, file);
    }

    /** The same server, asked by nobody in particular: no token is looked for, and so none can be wrong. */
    public static ServerAddress anonymous(Optional<String> url, Shell shell) {
        URI address = url.map(text -> address("--url", text))
                .or(() -> given(shell, "APG_URL").map(text -> address("APG_URL", text)))
                .or(() -> given(shell, "PORT").map(port -> address("PORT", "http://127.0.0.1:" + port)))
                .orElseGet(() -> URI.create(LOCAL));
        Optional<Path> file = LOOPBACK.contains(address.getHost()) ? Optional.of(tokenFile(shell)) : Optional.empty();
        return new ServerAddress(address, Optional.empty(), OF_TENANT, file);
    }

    /** The same server, asked with this token. */
    public ServerAddress with(Token other) {
        return new ServerAddress(url, Optional.of(other), variable, tokenFile);
    }

    /**
     * A token.
     *
     * @param origin for people: the option, the variable or the file
     */
    public record Token(String text, String origin) {
        /** @throws CommandFailure without the text, if it is none that a header could carry */
        public Token {
            text = text.strip();
            if (!VISIBLE.matcher(text).matches()) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "%s: this value will not do (expected: a token as `apg token issue` prints it, in visible ASCII characters)"
                                .formatted(origin));
            }
        }

        /** Without the text, which is a secret. */
        @Override
        public String toString() {
            return "the token of " + origin;
        }
    }

    /**
     * What a person is told when the server wants a token or another one.
     *
     * @param detail what the server says
     */
    public String refused(String detail) {
        if (token.isPresent()) {
            return "%s. The token came from %s; give another one with %s or --token."
                    .formatted(detail.replaceFirst("\\.$", ""), token.get().origin(), variable);
        }
        return "The server wants a token. Give one with %s or --token%s."
                .formatted(
                        variable,
                        tokenFile
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

    private static URI address(String origin, String text) {
        return accepted(text)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "%s: %s (expected: an address such as %s)"
                                .formatted(origin, mayBeShown(text) ? text : "this value will not do", LOCAL)));
    }

    /** An address as requests are sent to it; empty if it is none, or has a part that may be a secret. */
    public static Optional<URI> accepted(String text) {
        try {
            URI address = URI.create(text.strip().replaceFirst("/+$", ""));
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            return http && isPlain(address) ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException e) {
            // Without the library's words, which repeat the text.
            return Optional.empty();
        }
    }

    /** Whether what was given as an address has no secret: before an @ stands a password, behind a ? or # a token. */
    public static boolean mayBeShown(String text) {
        return text.chars().noneMatch(each -> SECRETS.indexOf(each) >= 0 || Character.isISOControl(each));
    }

    /** Whether it is a host, perhaps with a port and a path: paths and tokens of ours are put to it. */
    private static boolean isPlain(URI address) {
        return address.getHost() != null
                && address.getPort() <= MOST_PORT
                && address.getPort() != 0
                && address.getUserInfo() == null
                && address.getQuery() == null
                && address.getFragment() == null;
    }

    private static Optional<Token> kept(URI address, Shell shell) {
        return KeptLogins.of(shell).find(address).map(text -> new Token(text, "`apg login`"));
    }

    private static Optional<Token> written(Path file) {
        try {
            return Files.isReadable(file)
                    ? Optional.of(new Token(Files.readString(file), "the file " + file))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
