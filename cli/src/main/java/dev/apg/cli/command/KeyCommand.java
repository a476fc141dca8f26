package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.secret.EncryptionKeyState;
import dev.apg.contract.secret.EncryptionKeyUse;
import dev.apg.contract.secret.EncryptionKeyUses;
import dev.apg.contract.secret.KeyRetirement;
import dev.apg.contract.secret.SigningKeyDetail;
import dev.apg.contract.secret.SigningKeyList;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what the server signs and encrypts with, and takes signing keys away, with the platform's key. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description =
                "Show what the server signs and encrypts with, and take signing keys away, for whoever runs the installation.",
        footer = {
            "",
            "Needs the server's APG_API_KEY as the token; a local server in development makes a key, which is found by itself.",
            "",
            "Examples:",
            "  apg key list",
            "  apg key encryption"
        })
public final class KeyCommand {
    private static final String PATH = "/api/v1/signing-keys";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the keys that access tokens are signed with, and those that were taken away.",
            footer = {"", "Examples:", "  apg key list"})
    int list(@Mixin ServerOptions server) {
        JsonNode answer = server.platformClient().get(PATH);
        server.print(answer, SigningKeyList.class, list -> print(server.out(), list));
        return ExitCode.OK.code();
    }

    @Command(
            name = "retire",
            mixinStandardHelpOptions = true,
            description = "Take a signing key away for ever: every node refuses what it has signed, at once.",
            footer = {
                "",
                "Where it signed, a new one does. The reason is written into every tenant's audit log.",
                "Put -- before a KID that begins with a hyphen.",
                "",
                "Examples:",
                "  apg key retire --reason 'found on a laptop' NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
            })
    int retire(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "KID", description = "The key's name, as `apg key list` shows it.") String kid,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Shown to every tenant.")
                    String reason) {
        JsonNode answer = server.platformClient()
                .post(PATH + "/" + ApgClient.segment(kid) + "/retire", new KeyRetirement(reason));
        server.print(
                answer,
                SigningKeyDetail.class,
                key -> server.out().printf("%s is retired: what it has signed is refused.%n", key.kid()));
        return ExitCode.OK.code();
    }

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

    private static void print(PrintWriter out, SigningKeyList list) {
        var table = new Table("KID", "ALGORITHM", "STATE", "SIGNS FROM", "RETIRED", "REASON");
        list.keys()
                .forEach(key -> table.row(
                        key.kid(),
                        key.algorithm(),
                        key.state().name().toLowerCase(),
                        Objects.<Object>requireNonNullElse(key.signsFrom(), ""),
                        Objects.<Object>requireNonNullElse(key.retiredAt(), ""),
                        Objects.requireNonNullElse(key.reason(), "")));
        out.print(table);
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
