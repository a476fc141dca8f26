package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.output.Table;
import dev.apg.contract.secret.EncryptionKeyState;
import dev.apg.contract.secret.EncryptionKeyUse;
import dev.apg.contract.secret.EncryptionKeyUses;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows what the server encrypts with, with the platform's key. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Show what each key of ENCRYPTION_KEY still encrypts, for whoever runs the installation.",
        footer = {
            "",
            "Needs the server's APG_API_KEY as the token; a local server in development makes a key, which is found by itself.",
            "",
            "Examples:",
            "  apg key encryption"
        })
public final class KeyCommand {
    @Command(
            name = "encryption",
            mixinStandardHelpOptions = true,
            description = "Show what each key of ENCRYPTION_KEY still encrypts, and which ones can be taken away.",
            footer = {
                "",
                "Shows ids, from which nothing follows about the keys.",
                "",
                "Examples:",
                "  apg key encryption"
            })
    int encryption(@Mixin ServerOptions server) {
        JsonNode answer = server.platformClient().get("/api/v1/encryption-keys");
        server.print(answer, EncryptionKeyUses.class, uses -> print(server.out(), uses.keys()));
        return ExitCode.OK.code();
    }

    private static void print(PrintWriter out, List<EncryptionKeyUse> keys) {
        var table = new Table("KEY", "STATE", "ENCRYPTS");
        keys.forEach(key -> table.row(key.id(), key.state().name().toLowerCase(), encrypts(key.secrets())));
        out.print(table);
        keys.forEach(key -> advice(key.state()).ifPresent(advice -> out.printf("%s %s%n", key.id(), advice)));
    }

    private static String encrypts(Map<String, Long> secrets) {
        return secrets.isEmpty()
                ? "nothing"
                : secrets.entrySet().stream()
                        .map(kind -> "%s %d".formatted(kind.getKey(), kind.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static Optional<String> advice(EncryptionKeyState state) {
        return switch (state) {
            case NEWEST -> Optional.empty();
            case NEEDED -> Optional.of("is needed until everything is encrypted with the newest, which takes minutes.");
            case UNNEEDED -> Optional.of("can be taken out of ENCRYPTION_KEY, if every node has a newer one in front.");
            case MISSING -> Optional.of("is missing in ENCRYPTION_KEY: put its value behind the others.");
        };
    }
}
