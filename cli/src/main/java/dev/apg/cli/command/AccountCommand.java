package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.input.Prompts;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.account.Account;
import dev.apg.contract.account.AccountChange;
import dev.apg.contract.account.AccountState;
import dev.apg.contract.account.InvitedAccount;
import dev.apg.contract.account.IssuedMachines;
import dev.apg.contract.account.NewAccount;
import dev.apg.contract.account.NewPassword;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Invites people, lists them, and says what they may do. */
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        description = "Invite, list, change, disable and remove the people of a tenant.",
        footer = {
            "",
            "Examples:",
            "  apg account invite ada@example.com --name 'Ada Lovelace' --role composition_designer",
            "  apg account list"
        })
public final class AccountCommand {
    private static final String PATH = "/api/v1/accounts";
    private static final String REVOKE_ISSUED =
            "Also revoke the tokens, clients and pipelines that the person has made, and what these made in turn.";

    @Command(
            name = "invite",
            mixinStandardHelpOptions = true,
            description = "Invite a person. The token with which they choose a password is printed this once.",
            footer = {
                "",
                "Roles: tenant_administrator, registry_administrator, capability_developer, composition_designer,",
                "business_analyst, observer.",
                "",
                "Examples:",
                "  apg account invite ada@example.com --name 'Ada Lovelace' --role composition_designer",
                "  apg account invite ada@example.com --again"
            })
    int invite(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--name", paramLabel = "TEXT", description = "As others shall read it.") @Nullable
                    String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            completionCandidates = TokenCommand.Roles.class,
                            description = "What they may do.")
                    @Nullable
                    String role,
            @Option(
                            names = "--again",
                            description =
                                    "Somebody who has an account: with another token, also after a forgotten password.")
                    boolean again) {
        ApgClient client = server.client();
        if (again == (name != null || role != null) || !again && (name == null || role == null)) {
            throw new CommandFailure(ExitCode.USAGE, "expected: either --name and --role for somebody new, or --again");
        }
        JsonNode answer = name == null || role == null
                ? client.postForInvitation(path(find(client, email)) + "/invitation", Map.of())
                : client.postForInvitation(PATH, new NewAccount(email, name, role));
        server.print(answer, InvitedAccount.class, invited -> {
            String token = invited.invitation().token();
            if (token != null) {
                server.out().println(token);
            }
            server.err()
                    .printf(
                            "%s, role %s, is invited until %s. %s%n",
                            invited.account().email(),
                            invited.account().role(),
                            invited.invitation().expiresAt(),
                            token == null
                                    ? "The token is sent to that address; if it does not come, --again makes another one."
                                    : server.sentence(
                                            "The token is not shown again: hand it over; with it they run `apg account password`."));
        });
        return ExitCode.OK.code();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List accounts, newest first.",
            footer = {"", "Examples:", "  apg account list --limit 100"})
    int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
        JsonNode answer = server.client().get(PATH + ApgClient.query(page.parameters()));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<Account> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("EMAIL", "NAME", "ROLE", "STATE", "LAST LOGIN", "CREATED");
        list.items()
                .forEach(account -> table.row(
                        account.email(),
                        account.name(),
                        account.role(),
                        state(account),
                        account.lastLoginAt() == null ? "never" : account.lastLoginAt(),
                        account.createdAt()));
        page.print(server, table, list, "There is no account.");
        return ExitCode.OK.code();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show an account.",
            footer = {"", "Examples:", "  apg account show ada@example.com"})
    int show(@Mixin ServerOptions server, @Parameters(paramLabel = "EMAIL") String email) {
        ApgClient client = server.client();
        print(server, client.get(path(find(client, email))));
        return ExitCode.OK.code();
    }

    @Command(
            name = "role",
            mixinStandardHelpOptions = true,
            description = "Give a person another role.",
            footer = {"", "Examples:", "  apg account role ada@example.com capability_developer"})
    int role(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "EMAIL") String email,
            @Parameters(paramLabel = "ROLE", completionCandidates = TokenCommand.Roles.class) String role) {
        return change(server, email, new AccountChange(null, role, null, null));
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Keep a person out, and end wherever they are in.",
            footer = {
                "",
                "Tokens, clients and pipelines that the person has made stay: it says which.",
                "",
                "Examples:",
                "  apg account disable ada@example.com",
                "  apg account disable ada@example.com --revoke-issued"
            })
    int disable(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--revoke-issued", description = REVOKE_ISSUED) boolean revokeIssued) {
        return change(server, email, new AccountChange(null, null, true, revokeIssued ? true : null));
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Let a person in again who was disabled.",
            footer = {"", "Examples:", "  apg account enable ada@example.com"})
    int enable(@Mixin ServerOptions server, @Parameters(paramLabel = "EMAIL") String email) {
        return change(server, email, new AccountChange(null, null, false, null));
    }

    @Command(
            name = "reset-mfa",
            mixinStandardHelpOptions = true,
            description = "Remove the second factor of somebody who lost it, and end wherever they are in.",
            footer = {"", "Examples:", "  apg account reset-mfa ada@example.com"})
    int resetFactor(@Mixin ServerOptions server, @Parameters(paramLabel = "EMAIL") String email) {
        ApgClient client = server.client();
        client.send(client.request(path(find(client, email)) + "/second-factor").DELETE());
        if (!server.json) {
            server.out().printf("%s has no second factor.%n", email);
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Delete an account. What the person did stays in the audit log.",
            footer = {"", "Examples:", "  apg account remove ada@example.com --revoke-issued"})
    int remove(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--revoke-issued", description = REVOKE_ISSUED) boolean revokeIssued) {
        ApgClient client = server.client();
        client.send(client.request(path(find(client, email)) + (revokeIssued ? "?revoke_issued=true" : ""))
                .DELETE());
        if (!server.json) {
            server.out().printf("Removed %s.%n", email);
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "password",
            mixinStandardHelpOptions = true,
            description = "Choose a password, with the token of an invitation.",
            footer = {
                "",
                "Asks for the token and the password; where no person watches, they are the two lines of the standard input.",
                "",
                "Examples:",
                "  apg account password"
            })
    int password(@Mixin ServerOptions server) {
        var prompts = new Prompts(server.shell(), server.err());
        var chosen = new NewPassword(prompts.secret("Token"), prompts.secret("New password (12 characters or more)"));
        ApgClient client = server.anonymousClient();
        client.send(client.withJson("/api/auth/password", "POST", chosen));
        if (!server.json) {
            server.out().println("The password is set.");
        }
        return ExitCode.OK.code();
    }

    private static int change(ServerOptions server, String email, AccountChange change) {
        ApgClient client = server.client();
        Account account = find(client, email);
        print(
                server,
                ApgClient.json(client.send(client.withJson(path(account), "PATCH", change)
                                .header("If-Match", "\"%d\"".formatted(account.edition())))
                        .body()));
        return ExitCode.OK.code();
    }

    static Account find(ApgClient client, String email) {
        var parameters = new ArrayList<Map.Entry<String, String>>();
        parameters.add(Map.entry("email", email));
        Page<Account> found = ApgClient.read(client.get(PATH + ApgClient.query(parameters)), new TypeReference<>() {});
        if (found.items().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND, "%s: nobody has this address (expected: that of an account)".formatted(email));
        }
        return found.items().getFirst();
    }

    private static String path(Account account) {
        return PATH + "/" + account.id();
    }

    private static void print(ServerOptions server, JsonNode answer) {
        server.print(answer, Account.class, account -> {
            server.out()
                    .printf(
                            "%s (%s), %s, %s%nLast login: %s%nId: %s%n",
                            account.email(),
                            Table.clean(account.name()),
                            account.role(),
                            state(account),
                            account.lastLoginAt() == null ? "never" : account.lastLoginAt(),
                            account.id());
            IssuedMachines issued = account.issued();
            if (issued != null && issued.totalCount() > 0) {
                printIssued(server, account, issued);
            }
        });
    }

    private static void printIssued(ServerOptions server, Account account, IssuedMachines issued) {
        server.out().printf("%nMade by them, and good:%n");
        var table = new Table("KIND", "ID", "LABEL", "ROLE");
        issued.items()
                .forEach(machine -> table.row(
                        machine.kind().name().toLowerCase(Locale.ROOT),
                        machine.id(),
                        machine.label(),
                        machine.role() == null ? "" : machine.role()));
        server.out().print(table);
        if (issued.totalCount() > issued.items().size()) {
            server.out()
                    .printf(
                            "and %d older ones%n",
                            issued.totalCount() - issued.items().size());
        }
        if (account.state() == AccountState.DISABLED) {
            server.err()
                    .println(server.sentence(
                            "They stay until they are revoked: `apg account disable %s --revoke-issued`."
                                    .formatted(account.email())));
        }
    }

    private static String state(Account account) {
        return account.state().name().toLowerCase(Locale.ROOT);
    }
}
