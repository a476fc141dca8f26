package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.input.Prompts;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.identity.AccountRules;
import dev.apg.contract.identity.ClaimNames;
import dev.apg.contract.identity.GroupRole;
import dev.apg.contract.identity.IdentityProvider;
import dev.apg.contract.identity.IdentityProviderChange;
import dev.apg.contract.identity.NewIdentityProvider;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Says by which identity providers people come in to a tenant. */
@Command(
        name = "identity-provider",
        mixinStandardHelpOptions = true,
        description =
                "Add, show, change, disable and delete the identity providers (OpenID Connect) by which people come in.",
        footer = {
            "",
            "Examples:",
            "  apg identity-provider add corporate --issuer https://login.example.com --client-id apg --otherwise observer",
            "  apg identity-provider list"
        })
public final class IdentityProviderCommand {
    private static final String PATH = "/api/v1/identity-providers";

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Let people come in by an identity provider. Its discovery document is fetched first.",
            footer = {
                "",
                "Asks for the client secret; where no person watches, it is a line of the standard input.",
                "",
                "Examples:",
                "  apg identity-provider add corporate --issuer https://id.example.com --client-id apg --group dev=observer"
            })
    int add(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "CODE", description = "A part of the address that the provider is told.")
                    String code,
            @Option(
                            names = "--issuer",
                            required = true,
                            paramLabel = "URL",
                            description = "Exactly as its discovery document writes it.")
                    String issuer,
            @Option(
                            names = "--client-id",
                            required = true,
                            paramLabel = "ID",
                            description = "What it calls this server.")
                    String clientId,
            @Mixin IdentityProviderOptions rules) {
        String secret = new Prompts(server.shell(), server.err()).secret("Client secret");
        print(
                server,
                server.client()
                        .post(
                                PATH,
                                new NewIdentityProvider(
                                        code,
                                        rules.name,
                                        issuer,
                                        clientId,
                                        secret,
                                        rules.scopes,
                                        rules.claims(null),
                                        rules.roles(null),
                                        rules.accounts(null),
                                        rules.secondFactors)));
        return ExitCode.OK.code();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List identity providers by code.",
            footer = {"", "Examples:", "  apg identity-provider list"})
    int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
        JsonNode answer = server.client().get(PATH + ApgClient.query(page.parameters()));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<IdentityProvider> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("CODE", "NAME", "ISSUER", "STATE", "LOGIN");
        list.items()
                .forEach(provider -> table.row(
                        provider.code(),
                        provider.displayName(),
                        provider.issuer(),
                        provider.disabled() ? "disabled" : "active",
                        provider.loginUri()));
        page.print(server, table, list, "There is no identity provider.");
        return ExitCode.OK.code();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show an identity provider, without its client secret.",
            footer = {"", "Examples:", "  apg identity-provider show corporate"})
    int show(@Mixin ServerOptions server, @Parameters(paramLabel = "CODE") String code) {
        print(server, server.client().get(path(code)));
        return ExitCode.OK.code();
    }

    @Command(
            name = "change",
            mixinStandardHelpOptions = true,
            description = "Change an identity provider; what is not given stays.",
            footer = {
                "",
                "Repeated options replace all that there were. --new-secret asks for another client secret.",
                "",
                "Examples:",
                "  apg identity-provider change corporate --group engineers=capability_developer --second-factor mfa"
            })
    int change(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "CODE") String code,
            @Option(names = "--client-id", paramLabel = "ID", description = "What it calls this server.") @Nullable
                    String clientId,
            @Option(names = "--new-secret", description = "Asks for the client secret.") boolean newSecret,
            @Mixin IdentityProviderOptions rules) {
        ApgClient client = server.client();
        IdentityProvider before = ApgClient.read(client.get(path(code)), new TypeReference<>() {});
        String secret = newSecret ? new Prompts(server.shell(), server.err()).secret("Client secret") : null;
        return change(
                server,
                code,
                new IdentityProviderChange(
                        rules.name,
                        clientId,
                        secret,
                        rules.scopes,
                        rules.claims(before.claims()),
                        rules.roles(before.roles()),
                        rules.accounts(before.accounts()),
                        rules.secondFactors,
                        null));
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Let nobody in by it any more, and end wherever somebody is in by it.",
            footer = {"", "Examples:", "  apg identity-provider disable corporate"})
    int disable(@Mixin ServerOptions server, @Parameters(paramLabel = "CODE") String code) {
        return change(server, code, onlyDisabled(true));
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Let people in again by an identity provider that was disabled.",
            footer = {"", "Examples:", "  apg identity-provider enable corporate"})
    int enable(@Mixin ServerOptions server, @Parameters(paramLabel = "CODE") String code) {
        return change(server, code, onlyDisabled(false));
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description =
                    "Delete an identity provider. Sessions that it began end; accounts stay, without a way in by it.",
            footer = {"", "Examples:", "  apg identity-provider delete corporate"})
    int delete(@Mixin ServerOptions server, @Parameters(paramLabel = "CODE") String code) {
        ApgClient client = server.client();
        client.send(client.request(path(code)).DELETE());
        if (!server.json) {
            server.out().printf("Deleted %s.%n", code);
        }
        return ExitCode.OK.code();
    }

    private static IdentityProviderChange onlyDisabled(boolean disabled) {
        return new IdentityProviderChange(null, null, null, null, null, null, null, null, disabled);
    }

    private static int change(ServerOptions server, String code, IdentityProviderChange change) {
        ApgClient client = server.client();
        HttpRequest.Builder request =
                client.withJson(path(code), "PATCH", change).header("If-Match", client.entityTag(path(code)));
        print(server, ApgClient.json(client.send(request).body()));
        return ExitCode.OK.code();
    }

    private static String path(String code) {
        return PATH + "/" + ApgClient.segment(code);
    }

    private static void print(ServerOptions server, JsonNode answer) {
        server.print(answer, IdentityProvider.class, provider -> {
            server.out()
                    .printf(
                            "%s (%s)%s%nIssuer: %s, client id %s%nTo be registered there: %s%nPeople come in at: %s%n",
                            provider.code(),
                            Table.clean(provider.displayName()),
                            provider.disabled() ? ", disabled" : "",
                            provider.issuer(),
                            Table.clean(provider.clientId()),
                            provider.redirectUri(),
                            provider.loginUri());
            Objects.requireNonNullElse(provider.roles().byGroup(), List.<GroupRole>of())
                    .forEach(mapping ->
                            server.out().printf("  group %s: %s%n", Table.clean(mapping.group()), mapping.role()));
            String otherwise = provider.roles().otherwise();
            server.out().printf("  otherwise: %s%n", otherwise == null ? "nobody comes in" : otherwise);
            server.out().print(rules(provider));
        });
    }

    private static Table rules(IdentityProvider provider) {
        AccountRules accounts = provider.accounts();
        List<String> domains = Objects.requireNonNullElse(accounts.emailDomains(), List.of());
        var table = new Table("RULE", "VALUE");
        table.row("domains", domains.isEmpty() ? "any" : String.join(", ", domains));
        table.row("makes accounts", Boolean.FALSE.equals(accounts.create()) ? "no" : "yes");
        table.row("gives accounts of the same address", Boolean.TRUE.equals(accounts.link()) ? "yes" : "no");
        table.row(
                "counts as a second factor",
                provider.secondFactors().isEmpty() ? "nothing" : String.join(", ", provider.secondFactors()));
        table.row("scopes", String.join(" ", provider.scopes()));
        ClaimNames claims = provider.claims();
        table.row(
                "claims",
                "address %s, name %s, groups %s"
                        .formatted(
                                Objects.requireNonNullElse(claims.email(), "email"),
                                Objects.requireNonNullElse(claims.name(), "name"),
                                Objects.requireNonNullElse(claims.groups(), "groups")));
        return table;
    }
}
