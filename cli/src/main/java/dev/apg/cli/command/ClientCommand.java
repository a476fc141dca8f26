package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.account.Client;
import dev.apg.contract.account.CreatedClient;
import dev.apg.contract.account.NewClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Creates, lists and revokes clients: programs that fetch access tokens for themselves. */
@Command(
        name = "client",
        mixinStandardHelpOptions = true,
        description =
                "Create, list and revoke clients: programs that fetch access tokens (OAuth 2.0 client credentials).",
        footer = {
            "",
            "Examples:",
            "  apg client create --label deployer --role composition_designer",
            "  apg client list"
        })
public final class ClientCommand {
    private static final String PATH = "/api/v1/clients";

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Create a client. Its secret is printed this once and kept nowhere.",
            footer = {
                "",
                "Roles: tenant_administrator, registry_administrator, capability_developer, composition_designer,",
                "business_analyst, observer, and the tenant's own (`apg role list`). A client may do what both the role",
                "and the scopes allow.",
                "",
                "Examples:",
                "  apg client create --label deployer --role composition_designer",
                "  apg client create --label mirror --role observer --scope catalog:read"
            })
    int create(
            @Mixin ServerOptions server,
            @Option(names = "--label", required = true, paramLabel = "TEXT", description = "Which program it is.")
                    String label,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            completionCandidates = TokenCommand.Roles.class,
                            description = "What it may do.")
                    String role,
            @Option(
                            names = "--scope",
                            paramLabel = "PERMISSION",
                            completionCandidates = TokenCommand.Scopes.class,
                            description =
                                    "Of what the role may do, only this; may be repeated (default: all of it): ${COMPLETION-CANDIDATES}.")
                    @Nullable
                    List<String> scopes) {
        JsonNode answer = server.client().postForClient(PATH, new NewClient(label, role, scopes));
        server.print(answer, CreatedClient.class, created -> {
            server.out().println("client_id=" + created.client().clientId());
            server.out().println("client_secret=" + created.clientSecret());
            server.err()
                    .printf(
                            "Client %s for %s, role %s. The secret is not shown again; access tokens come from POST /api/auth/token. Revoke it with %s.%n",
                            created.client().id(),
                            label,
                            role,
                            server.sentence("`apg client revoke %s`"
                                    .formatted(created.client().id())));
        });
        return ExitCode.OK.code();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List clients, newest first; never their secrets.",
            footer = {"", "Examples:", "  apg client list --limit 100"})
    int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
        JsonNode answer = server.client().get(PATH + ApgClient.query(page.parameters()));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<Client> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("ID", "LABEL", "ROLE", "SCOPES", "CREATED", "BY", "LAST USED", "REVOKED");
        list.items()
                .forEach(client -> table.row(
                        client.id(),
                        client.label(),
                        client.role(),
                        client.scopes() == null ? "all" : String.join(" ", client.scopes()),
                        client.createdAt(),
                        TokenCommand.by(client.issuedBy()),
                        client.lastUsedAt() == null ? "never" : client.lastUsedAt(),
                        client.revokedAt() == null ? "" : client.revokedAt()));
        page.print(server, table, list, "There is no client.");
        return ExitCode.OK.code();
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "End a client, and every access token that it has.",
            footer = {"", "Examples:", "  apg client revoke 0197c2f4-0000-7000-8000-000000000000"})
    int revoke(@Mixin ServerOptions server, @Parameters(paramLabel = "ID") String id) {
        ApgClient client = server.client();
        client.send(client.request(PATH + "/" + ApgClient.segment(id)).DELETE());
        if (!server.json) {
            server.out().printf("Revoked %s.%n", id);
        }
        return ExitCode.OK.code();
    }
}
