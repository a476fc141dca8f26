package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.account.IssuedToken;
import dev.apg.contract.account.Issuer;
import dev.apg.contract.account.NewToken;
import dev.apg.contract.account.Token;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Issues, lists and revokes bearer tokens. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Issue, list and revoke bearer tokens.",
        footer = {
            "",
            "Examples:",
            "  apg token issue --label ci --role capability_developer --expires 90d",
            "  apg token list"
        })
public final class TokenCommand {
    private static final String PATH = "/api/v1/tokens";
    private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,5})([hd])");

    /** What completes {@code --role}; the server judges what is given. */
    static final class Roles implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Role.OF_TENANTS.stream().map(Role::wire).iterator();
        }
    }

    /** What completes {@code --scope}; likewise. */
    static final class Scopes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Permission.values()).map(Permission::wire).iterator();
        }
    }

    @Command(
            name = "issue",
            mixinStandardHelpOptions = true,
            description = "Issue a token. Its text is printed this once and kept nowhere.",
            footer = {
                "",
                "Roles: tenant_administrator, registry_administrator, capability_developer, composition_designer,",
                "business_analyst, observer, and the tenant's own (`apg role list`). A bearer may do what both the role",
                "and the scopes allow.",
                "",
                "Examples:",
                "  apg token issue --label ci --role capability_developer --expires 90d",
                "  apg token issue --label nightly --role capability_developer --scope catalog:read --scope capability:publish",
                "  apg token issue --label dashboard --role observer --expires 2030-01-01T00:00:00Z"
            })
    int issue(
            @Mixin ServerOptions server,
            @Option(names = "--label", required = true, paramLabel = "TEXT", description = "What it is for.")
                    String label,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            completionCandidates = Roles.class,
                            description = "What its bearer may do.")
                    String role,
            @Option(
                            names = "--scope",
                            paramLabel = "PERMISSION",
                            completionCandidates = Scopes.class,
                            description =
                                    "Of what the role may do, only this; may be repeated (default: all of it): ${COMPLETION-CANDIDATES}.")
                    @Nullable
                    List<String> scopes,
            @Option(
                            names = "--expires",
                            paramLabel = "WHEN",
                            description = "After 12h or 90d, or at a time (default: when it is revoked).")
                    @Nullable
                    String expires) {
        var wanted = new NewToken(label, role, scopes, expires == null ? null : time(expires));
        JsonNode answer = server.client().postForToken(PATH, wanted);
        server.print(answer, IssuedToken.class, issued -> {
            server.out().println(issued.text());
            server.err()
                    .printf(
                            "Token %s for %s, role %s. It is not shown again; revoke it with %s.%n",
                            issued.token().id(),
                            label,
                            role,
                            server.sentence("`apg token revoke %s`"
                                    .formatted(issued.token().id())));
        });
        return ExitCode.OK.code();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List tokens, newest first; never their texts.",
            footer = {"", "Examples:", "  apg token list --limit 100"})
    int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
        JsonNode answer = server.client().get(PATH + ApgClient.query(page.parameters()));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<Token> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("ID", "LABEL", "ROLE", "SCOPES", "ISSUED", "BY", "LAST USED", "EXPIRES", "REVOKED");
        list.items()
                .forEach(token -> table.row(
                        token.id(),
                        token.label(),
                        token.role(),
                        token.scopes() == null ? "all" : String.join(" ", token.scopes()),
                        token.createdAt(),
                        by(token.issuedBy()),
                        token.lastUsedAt() == null ? "never" : token.lastUsedAt(),
                        token.expiresAt() == null ? "never" : token.expiresAt(),
                        token.revokedAt() == null ? "" : token.revokedAt()));
        page.print(server, table, list, "There is no token.");
        return ExitCode.OK.code();
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "End a token's validity.",
            footer = {"", "Examples:", "  apg token revoke 0197c2f4-0000-7000-8000-000000000000"})
    int revoke(@Mixin ServerOptions server, @Parameters(paramLabel = "ID") String id) {
        ApgClient client = server.client();
        client.send(client.request(PATH + "/" + ApgClient.segment(id)).DELETE());
        if (!server.json) {
            server.out().printf("Revoked %s.%n", id);
        }
        return ExitCode.OK.code();
    }

    /** Who made something, as people know them. */
    static String by(@Nullable Issuer issuer) {
        return issuer == null ? "" : issuer.name() == null ? "a removed " + issuer.kind() : issuer.name();
    }

    private static Instant time(String text) {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            long number = Long.parseLong(age.group(1));
            return Instant.now().plus(age.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofDays(number));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--expires: %s (expected: 12h, 90d or a time such as 2030-01-01T00:00:00Z)".formatted(text));
        }
    }
}
