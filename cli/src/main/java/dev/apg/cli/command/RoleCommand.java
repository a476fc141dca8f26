package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.account.NewRole;
import dev.apg.contract.account.RoleChange;
import dev.apg.contract.account.RoleDetail;
import java.net.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Makes, shows, changes and deletes the roles of a tenant. */
@Command(
        name = "role",
        mixinStandardHelpOptions = true,
        description = "Make, show, change and delete roles: what whoever has one may do.",
        footer = {
            "",
            "Examples:",
            "  apg role list",
            "  apg role create release_engineer --permission catalog:read --permission composition:freeze"
        })
public final class RoleCommand {
    private static final String PATH = "/api/v1/roles";
    private static final String PERMISSIONS = "May be repeated; one that you have yourself: ${COMPLETION-CANDIDATES}.";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the roles that every tenant has, and then its own.",
            footer = {"", "Examples:", "  apg role list --limit 100"})
    int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
        JsonNode answer = server.client().get(PATH + ApgClient.query(page.parameters()));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<RoleDetail> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("CODE", "OF", "PERMISSIONS", "DESCRIPTION");
        list.items()
                .forEach(role -> table.row(
                        role.code(),
                        role.builtIn() ? "every tenant" : "this tenant",
                        String.join(" ", role.permissions()),
                        role.description()));
        page.print(server, table, list, "There is no role.");
        return ExitCode.OK.code();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show what a role may do.",
            footer = {"", "Examples:", "  apg role show capability_developer"})
    int show(@Mixin ServerOptions server, @Parameters(paramLabel = "ROLE") String code) {
        print(server, server.client().get(path(code)));
        return ExitCode.OK.code();
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Make a role for tokens and clients.",
            footer = {
                "",
                "Examples:",
                "  apg role create release_engineer --permission catalog:read --permission composition:freeze"
            })
    int create(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "ROLE", description = "Its code; no other role has it.") String code,
            @Option(
                            names = "--permission",
                            required = true,
                            paramLabel = "PERMISSION",
                            completionCandidates = TokenCommand.Scopes.class,
                            description = PERMISSIONS)
                    List<String> permissions,
            @Option(names = "--description", paramLabel = "TEXT", description = "What kind of work it is for.")
                    @Nullable
                    String description) {
        print(server, server.client().post(PATH, new NewRole(code, description, permissions)));
        return ExitCode.OK.code();
    }

    @Command(
            name = "change",
            mixinStandardHelpOptions = true,
            description = "Change what a role may do, at once for all who have it; what is not given stays.",
            footer = {
                "",
                "Examples:",
                "  apg role change release_engineer --permission catalog:read --permission composition:read"
            })
    int change(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "ROLE") String code,
            @Option(
                            names = "--permission",
                            paramLabel = "PERMISSION",
                            completionCandidates = TokenCommand.Scopes.class,
                            description = "All that it may do afterwards. " + PERMISSIONS)
                    @Nullable
                    List<String> permissions,
            @Option(names = "--description", paramLabel = "TEXT", description = "What kind of work it is for.")
                    @Nullable
                    String description) {
        ApgClient client = server.client();
        HttpRequest.Builder request = client.withJson(path(code), "PATCH", new RoleChange(description, permissions))
                .header("If-Match", client.entityTag(path(code)));
        print(server, ApgClient.json(client.send(request).body()));
        return ExitCode.OK.code();
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Delete a role that nobody has.",
            footer = {"", "Examples:", "  apg role delete release_engineer"})
    int delete(@Mixin ServerOptions server, @Parameters(paramLabel = "ROLE") String code) {
        ApgClient client = server.client();
        client.send(client.request(path(code)).DELETE());
        if (!server.json) {
            server.out().printf("Deleted %s.%n", code);
        }
        return ExitCode.OK.code();
    }

    private static String path(String code) {
        return PATH + "/" + ApgClient.segment(code);
    }

    private static void print(ServerOptions server, JsonNode answer) {
        server.print(answer, RoleDetail.class, role -> {
            server.out().println(role.code() + (role.builtIn() ? "  (every tenant has it)" : ""));
            if (!role.description().isEmpty()) {
                server.out().println("  " + role.description());
            }
            role.permissions().forEach(permission -> server.out().println("  may " + permission));
        });
    }
}
