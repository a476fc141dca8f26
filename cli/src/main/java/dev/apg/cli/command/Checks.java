package dev.apg.cli.command;

import dev.apg.cli.Apg;
import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.cli.Shell;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.client.ServerAddress;
import dev.apg.contract.account.Me;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the doctor looks at, in this order. */
final class Checks {
    private static final int JAVA = 25;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private Checks() {}

    static List<Check> all(ServerOptions server) {
        Shell shell = server.shell();
        // Without the token: a wrong one would be refused before anything is told.
        ServerAddress address = server.anonymousAddress();
        ApgClient anonymous = server.anonymousClient();
        var checks = new ArrayList<Check>();
        checks.add(java());
        if (address.local()) {
            checks.add(dataDirectory(shell));
            checks.add(tokenFile(shell));
        }
        List<Check> health = health(address, anonymous);
        checks.addAll(health);
        boolean answers = health.getFirst().ok() || health.size() > 1;
        if (answers) {
            checks.add(version(anonymous));
        }
        token(server, answers).ifPresent(checks::add);
        return checks;
    }

    private static Check java() {
        String found = "%s at %s".formatted(Runtime.version(), System.getProperty("java.home"));
        return Runtime.version().feature() == JAVA
                ? Check.well("java", found)
                : Check.problem("java", found, "Install a JDK 25, or set JAVA_HOME to it.");
    }

    private static Check dataDirectory(Shell shell) {
        Path directory = shell.dataDirectory();
        if (!Files.exists(directory)) {
            return Check.well("data directory", "%s is not there yet; a server makes it".formatted(directory));
        }
        return Files.isDirectory(directory) && Files.isWritable(directory)
                ? Check.well("data directory", directory.toString())
                : Check.problem(
                        "data directory",
                        "%s cannot be written to".formatted(directory),
                        "Give it to the user who runs the server, or set APG_DATA_DIR to another place.");
    }

    private static Check tokenFile(Shell shell) {
        Path file = ServerAddress.tokenFile(shell);
        if (!Files.exists(file)) {
            return Check.well("token file", "%s is not there; a development server writes it".formatted(file));
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return OWNER_ONLY.containsAll(permissions)
                    ? Check.well("token file", file.toString())
                    : Check.problem(
                            "token file",
                            "%s is %s: others may read it".formatted(file, PosixFilePermissions.toString(permissions)),
                            "Revoke that token, remove the file and start the server: it makes another one.");
        } catch (IOException e) {
            return Check.problem(
                    "token file",
                    "%s cannot be looked at: %s".formatted(file, FileFailures.words(e)),
                    "Check its owner.");
        }
    }

    /** First the server itself, then each component. */
    private static List<Check> health(ServerAddress address, ApgClient client) {
        var checks = new ArrayList<Check>();
        JsonNode health;
        try {
            ApgClient.Answer answer = client.ask(client.request("/api/health").GET());
            health = ApgClient.json(answer.body());
        } catch (CommandFailure failure) {
            return List.of(
                    failure.exitCode() == ExitCode.UNAVAILABLE
                            // It says what to do itself.
                            ? new Check("server", false, String.valueOf(failure.getMessage()), null)
                            : Check.problem(
                                    "server",
                                    "%s does not answer as APG does".formatted(address.url()),
                                    "Set APG_URL to the address of an APG server."));
        }
        String status = health.path("status").asString("unknown");
        checks.add(
                status.equals("up")
                        ? Check.well("server", "%s is up".formatted(address.url()))
                        : Check.problem("server", "%s is %s".formatted(address.url(), status), "See its components."));
        health.path("components").properties().forEach(component -> {
            String name = "server: " + component.getKey();
            String state = component.getValue().path("status").asString("unknown");
            checks.add(
                    state.equals("up")
                            ? Check.well(name, state)
                            : Check.problem(name, state, "The server's log says why."));
        });
        return checks;
    }

    private static Check version(ApgClient client) {
        try {
            // Health is told even while something is down, with another status.
            ApgClient.Answer answer = client.ask(client.request("/api/health").GET());
            String server = ApgClient.json(answer.body()).path("version").asString("unknown");
            return server.equals(Apg.VERSION)
                    ? Check.well("version", server)
                    : Check.problem(
                            "version",
                            "this is %s, the server is %s".formatted(Apg.VERSION, server),
                            "Use the same version on both sides.");
        } catch (CommandFailure | ProblemException e) {
            return Check.problem("version", "the server does not tell its own", "Is it an APG server?");
        }
    }

    /** Empty if there is no server to ask about a token that could be one. */
    private static Optional<Check> token(ServerOptions server, boolean answers) {
        ServerAddress address;
        try {
            address = server.address();
        } catch (CommandFailure unusable) {
            return Optional.of(
                    Check.problem(
                            "token",
                            String.valueOf(unusable.getMessage()),
                            "Set APG_TOKEN to another one. A file can be removed: a development server that starts makes another."));
        }
        if (!answers) {
            return Optional.empty();
        }
        return Optional.of(
                address.token().isEmpty() && server.hasPlatformKey()
                        ? platformKey(server)
                        : token(address, server.client(), server.shell()));
    }

    /** Whoever runs the installation needs no token of a tenant. */
    private static Check platformKey(ServerOptions server) {
        try {
            server.platformClient().get("/api/v1/tenants?limit=1");
            return Check.well("token", "none, but the platform's key, which is of no tenant");
        } catch (ProblemException refused) {
            return Check.problem("token", refused.said(), "Set APG_API_KEY to what the server has.");
        } catch (CommandFailure failure) {
            return Check.problem("token", String.valueOf(failure.getMessage()), "Check the server first.");
        }
    }

    private static Check token(ServerAddress address, ApgClient client, Shell shell) {
        if (address.token().isEmpty()) {
            return Check.problem(
                    "token",
                    "none",
                    "Set APG_TOKEN; a local development server writes one into %s (APG_DATA_DIR tells where)."
                            .formatted(ServerAddress.tokenFile(shell)));
        }
        try {
            Me me = client.get("/api/v1/me", Me.class);
            return Check.well("token", "%s, %s of the tenant %s".formatted(me.name(), me.role(), me.tenant()));
        } catch (ProblemException refused) {
            return Check.problem(
                    "token",
                    refused.said(),
                    "Whoever has a valid one makes another with `apg token issue --label laptop --role observer`, for example.");
        } catch (CommandFailure failure) {
            return Check.problem("token", String.valueOf(failure.getMessage()), "Check the server first.");
        }
    }
}
