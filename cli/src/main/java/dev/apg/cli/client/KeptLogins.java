package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.cli.Shell;
import dev.apg.contract.WireJson;
import dev.apg.server.platform.OwnerFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * Tokens that {@code apg login} keeps, by the address of the server that they are for: in {@code apg/logins.json} below {@code
 * XDG_CONFIG_HOME}, or {@code ~/.config}, which only the owner can read.
 */
public final class KeptLogins {
    private static final TypeReference<TreeMap<String, String>> TOKENS = new TypeReference<>() {};

    private final Optional<Path> file;

    private KeptLogins(Optional<Path> file) {
        this.file = file;
    }

    public static KeptLogins of(Shell shell) {
        return new KeptLogins(directory(shell).map(directory -> directory.resolve("apg/logins.json")));
    }

    private static Optional<Path> directory(Shell shell) {
        return given(shell, "XDG_CONFIG_HOME")
                .map(shell::path)
                .or(() -> given(shell, "HOME").map(home -> shell.path(home).resolve(".config")));
    }

    private static Optional<String> given(Shell shell, String name) {
        return Optional.ofNullable(shell.environment().get(name)).filter(value -> !value.isBlank());
    }

    /** The token that is kept for a server. */
    public Optional<String> find(URI server) {
        return Optional.ofNullable(tokens().get(server.toString()));
    }

    /** Where a token was kept. */
    public Path keep(URI server, String token) {
        Map<String, String> tokens = tokens();
        tokens.put(server.toString(), token);
        return write(tokens);
    }

    public void forget(URI server) {
        Map<String, String> tokens = tokens();
        if (tokens.remove(server.toString()) != null) {
            write(tokens);
        }
    }

    private Map<String, String> tokens() {
        if (file.isEmpty() || !Files.isReadable(file.get())) {
            return new TreeMap<>();
        }
        try {
            return WireJson.MAPPER.readValue(Files.readString(file.get()), TOKENS);
        } catch (IOException | JacksonException e) {
            // Without the library's words, which repeat the text.
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s cannot be read (expected: as `apg login` writes it; without it, log in again)"
                            .formatted(file.get()));
        }
    }

    private Path write(Map<String, String> tokens) {
        Path target = file.orElseThrow(() -> new CommandFailure(
                ExitCode.FAILED, "There is no place to keep a login (expected: HOME or XDG_CONFIG_HOME)"));
        try {
            OwnerFile.directory(Objects.requireNonNull(target.getParent()));
            OwnerFile.write(target, WireJson.MAPPER.writeValueAsString(tokens) + "\n");
            return target;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "%s cannot be written: %s".formatted(target, FileFailures.words(e)));
        }
    }
}
