package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.capability.OwnerChange;
import dev.apg.contract.team.GrantChange;
import dev.apg.contract.team.GrantList;
import dev.apg.contract.team.Level;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Says who owns a capability or a composition, and who else may do something with it. */
@Command(
        name = "grant",
        mixinStandardHelpOptions = true,
        description = "Say who owns a capability or a composition, and who else may do something with it.",
        footer = {
            "",
            "What nobody owns is open: all may change it whose role permits it. docs/permissions.md tells the rest.",
            "",
            "Examples:",
            "  apg grant list --composition shop",
            "  apg grant transfer --capability payments team:payments-core",
            "  apg grant give --composition shop team:support read"
        })
public final class GrantCommand {
    /** On what. */
    static final class Subject {
        @Option(names = "--capability", required = true, paramLabel = "CODE", description = "On this capability.")
        @Nullable
        String capability;

        @Option(names = "--composition", required = true, paramLabel = "CODE", description = "On this composition.")
        @Nullable
        String composition;

        String path() {
            return capability == null
                    ? "/api/v1/compositions/" + ApgClient.segment(code())
                    : "/api/v1/capabilities/" + ApgClient.segment(code());
        }

        String code() {
            return String.valueOf(capability == null ? composition : capability);
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List who owns it, and who else may do something with it.",
            footer = {"", "Examples:", "  apg grant list --capability payments"})
    int list(@Mixin ServerOptions server, @ArgGroup(multiplicity = "1") Subject subject) {
        print(server, subject, server.client().get(subject.path() + "/grants"));
        return ExitCode.OK.code();
    }

    @Command(
            name = "transfer",
            mixinStandardHelpOptions = true,
            description = "Give it to a new owner; those before have nothing of it any more.",
            footer = {
                "",
                "Owners may, and administrators; what nobody owns only they give to somebody.",
                "",
                "Examples:",
                "  apg grant transfer --capability payments team:payments-core"
            })
    int transfer(
            @Mixin ServerOptions server,
            @ArgGroup(multiplicity = "1") Subject subject,
            @Parameters(paramLabel = "OWNER", description = Somebody.ANYBODY) String owner) {
        ApgClient client = server.client();
        JsonNode answer = ApgClient.json(client.send(client.withJson(
                                subject.path() + "/owner", "PUT", new OwnerChange(null, Somebody.named(client, owner)))
                        .header("If-Match", client.entityTag(subject.path())))
                .body());
        if (server.json) {
            server.printJson(answer);
        } else {
            server.out()
                    .printf(
                            "%s belongs to %s now.%n",
                            subject.code(), answer.path("owner").asString(""));
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "give",
            mixinStandardHelpOptions = true,
            description = "Let somebody else do something with what somebody owns.",
            footer = {
                "",
                "Levels: read (a composition), edit, and own beside those who do.",
                "",
                "Examples:",
                "  apg grant give --composition shop team:support read"
            })
    int give(
            @Mixin ServerOptions server,
            @ArgGroup(multiplicity = "1") Subject subject,
            @Parameters(paramLabel = "SOMEBODY", description = Somebody.ANYBODY) String somebody,
            @Parameters(paramLabel = "LEVEL", description = "read, edit or own.") String level) {
        ApgClient client = server.client();
        JsonNode answer = ApgClient.json(
                client.send(client.withJson(grant(client, subject, somebody), "PUT", new GrantChange(level(level))))
                        .body());
        print(server, subject, answer);
        return ExitCode.OK.code();
    }

    @Command(
            name = "take",
            mixinStandardHelpOptions = true,
            description = "Take away what somebody was given.",
            footer = {"", "Examples:", "  apg grant take --composition shop team:support"})
    int take(
            @Mixin ServerOptions server,
            @ArgGroup(multiplicity = "1") Subject subject,
            @Parameters(paramLabel = "SOMEBODY", description = "As the list has it, or an account's EMAIL.")
                    String somebody) {
        ApgClient client = server.client();
        print(
                server,
                subject,
                ApgClient.json(client.send(
                                client.request(grant(client, subject, somebody)).DELETE())
                        .body()));
        return ExitCode.OK.code();
    }

    @Command(
            name = "open",
            mixinStandardHelpOptions = true,
            description = "Let everybody do with it what their role permits.",
            footer = {"", "Examples:", "  apg grant open --composition shop"})
    int open(@Mixin ServerOptions server, @ArgGroup(multiplicity = "1") Subject subject) {
        ApgClient client = server.client();
        print(
                server,
                subject,
                ApgClient.json(
                        client.send(client.request(subject.path() + "/grants").DELETE())
                                .body()));
        return ExitCode.OK.code();
    }

    private static String grant(ApgClient client, Subject subject, String somebody) {
        return subject.path() + "/grants/" + ApgClient.segment(Somebody.named(client, somebody));
    }

    private static Level level(String text) {
        return Arrays.stream(Level.values())
                .filter(level -> level.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "LEVEL: %s (expected: %s)"
                                .formatted(
                                        text,
                                        Arrays.stream(Level.values())
                                                .map(Level::wire)
                                                .collect(Collectors.joining(", ")))));
    }

    private static void print(ServerOptions server, Subject subject, JsonNode answer) {
        server.print(answer, GrantList.class, list -> {
            if (!list.guarded()) {
                server.out().printf("%s is open: all may change it whose role permits it.%n", subject.code());
                return;
            }
            var table = new Table("WHO", "NAME", "MAY", "");
            list.items()
                    .forEach(grant -> table.row(
                            grant.grantee(), grant.name(), grant.level().wire(), grant.gone() ? "(gone)" : ""));
            server.out().print(table);
            server.out().flush();
            if (list.orphaned()) {
                server.err()
                        .printf("apg: Nobody is left who owns %s: an administrator can transfer it.%n", subject.code());
            }
        });
    }
}
