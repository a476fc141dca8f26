package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.account.IssuedToken;
import dev.apg.contract.tenant.CreatedTenant;
import dev.apg.contract.tenant.Deletion;
import dev.apg.contract.tenant.NewTenant;
import dev.apg.contract.tenant.Quotas;
import dev.apg.contract.tenant.Rates;
import dev.apg.contract.tenant.Suspension;
import dev.apg.contract.tenant.Tenant;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Makes, bounds, suspends and deletes tenants, with the platform's key; shows and changes how one's own works. */
@Command(
        name = "tenant",
        mixinStandardHelpOptions = true,
        description =
                "Make, bound, suspend and delete tenants, for whoever runs the installation; show and change how one's own works.",
        subcommands = {TenantSettingsCommand.class, TenantExportCommand.class},
        footer = {
            "",
            "All but `settings` and `export` need the server's APG_API_KEY as the token; a local server in development makes a key, which is found by itself.",
            "",
            "Examples:",
            "  apg tenant create acme --name 'Acme Inc.'",
            "  apg tenant list"
        })
public final class TenantCommand {
    private static final String PATH = "/api/v1/tenants";

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Make a tenant. The token of its first administrator, good for a week, is printed this once.",
            footer = {"", "Examples:", "  apg tenant create acme --name 'Acme Inc.'"})
    int create(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "CODE", description = "Short name that no other tenant has.") String code,
            @Option(names = "--name", paramLabel = "TEXT", description = "Name for people (default: the code).")
                    @Nullable
                    String name) {
        JsonNode answer = server.platformClient().postForToken(PATH, new NewTenant(code, name, null));
        server.print(answer, CreatedTenant.class, created -> {
            server.out().println(created.administrator().text());
            server.err()
                    .printf(
                            "Tenant %s; the line above is the token of its first administrator, good until %s, and is not shown again.%n",
                            created.tenant().code(),
                            created.administrator().token().expiresAt());
        });
        return ExitCode.OK.code();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List tenants in the order in which they were made.",
            footer = {"", "Examples:", "  apg tenant list --limit 100"})
    int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
        JsonNode answer = server.platformClient().get(PATH + ApgClient.query(page.parameters()));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<Tenant> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("CODE", "NAME", "STATE", "CAPABILITIES", "VERSIONS", "COMPOSITIONS", "STORED", "MADE");
        list.items()
                .forEach(tenant -> table.row(
                        tenant.code(),
                        tenant.name(),
                        tenant.state().name().toLowerCase(),
                        tenant.usage().capabilities(),
                        tenant.usage().versions(),
                        tenant.usage().compositions(),
                        tenant.usage().storedBytes(),
                        tenant.createdAt()));
        page.print(server, table, list, "There is no tenant.");
        return ExitCode.OK.code();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a tenant's state, what it has and what it may have.",
            footer = {"", "Examples:", "  apg tenant show acme"})
    int show(@Mixin ServerOptions server, @Parameters(paramLabel = "CODE") String code) {
        print(server, server.platformClient().get(path(code)));
        return ExitCode.OK.code();
    }

    @Command(
            name = "suspend",
            mixinStandardHelpOptions = true,
            description = "Let a tenant's members do nothing until it is resumed.",
            footer = {"", "Examples:", "  apg tenant suspend acme --reason 'the bill is not paid'"})
    int suspend(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "CODE") String code,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Shown to its members.")
                    String reason) {
        print(server, change(server, code, "/suspend", new Suspension(reason)));
        return ExitCode.OK.code();
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "End a suspension, or call a deletion back before its time is over.",
            footer = {"", "Examples:", "  apg tenant resume acme"})
    int resume(@Mixin ServerOptions server, @Parameters(paramLabel = "CODE") String code) {
        print(server, change(server, code, "/resume", Map.of()));
        return ExitCode.OK.code();
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Let a tenant's members only read, and erase everything some days later.",
            footer = {
                "",
                "Until then `apg tenant resume` calls it back.",
                "",
                "Examples:",
                "  apg tenant delete acme --reason 'moved away' --grace-days 30",
                "  apg tenant delete acme --reason 'a trial' --grace-days 0 --yes"
            })
    int delete(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "CODE") String code,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Shown to its members.")
                    String reason,
            @Option(
                            names = "--grace-days",
                            paramLabel = "DAYS",
                            defaultValue = "30",
                            description = "Until everything is erased, 0 to 365 (default: ${DEFAULT-VALUE}).")
                    int graceDays,
            @Option(names = "--yes", description = "Erase with no day of grace without being asked back.")
                    boolean yes) {
        if (graceDays == 0 && !yes) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Without a day of grace everything that %s has is erased at once, and nothing brings it back: say --yes if that is meant."
                            .formatted(code));
        }
        print(server, change(server, code, "/delete", new Deletion(reason, graceDays)));
        return ExitCode.OK.code();
    }

    @Command(
            name = "quotas",
            mixinStandardHelpOptions = true,
            description = "Show what a tenant may have; with options, change that.",
            footer = {
                "",
                "What is not named stays as it is; none takes a quota away.",
                "",
                "Examples:",
                "  apg tenant quotas acme",
                "  apg tenant quotas acme --capabilities 1000 --versions 20000",
                "  apg tenant quotas acme --versions none"
            })
    int quotas(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "CODE") String code,
            @Option(
                            names = "--capabilities",
                            paramLabel = "N|none",
                            converter = Bound.OrNone.class,
                            description = "At most so many capabilities.")
                    @Nullable
                    Bound<Long> capabilities,
            @Option(
                            names = "--versions",
                            paramLabel = "N|none",
                            converter = Bound.OrNone.class,
                            description = "At most so many versions.")
                    @Nullable
                    Bound<Long> versions,
            @Option(
                            names = "--compositions",
                            paramLabel = "N|none",
                            converter = Bound.OrNone.class,
                            description = "At most so many compositions.")
                    @Nullable
                    Bound<Long> compositions,
            @Option(
                            names = "--stored-bytes",
                            paramLabel = "N|none",
                            converter = Bound.OrNone.class,
                            description = "At most so many bytes stored.")
                    @Nullable
                    Bound<Long> storedBytes) {
        print(server, bound(server, code, "/quotas", tenant -> {
            Quotas before = tenant.quotas();
            var after = new Quotas(
                    Bound.changed(capabilities, before.capabilities()),
                    Bound.changed(versions, before.versions()),
                    Bound.changed(compositions, before.compositions()),
                    Bound.changed(storedBytes, before.storedBytes()));
            return after.equals(before) ? Optional.empty() : Optional.of(after);
        }));
        return ExitCode.OK.code();
    }

    @Command(
            name = "rates",
            mixinStandardHelpOptions = true,
            description = "Show how often each client of a tenant may ask; with options, change that.",
            footer = {
                "",
                "What is not named stays as it is; default makes it as the installation has it.",
                "",
                "Examples:",
                "  apg tenant rates acme",
                "  apg tenant rates acme --requests-per-minute 600 --burst 100",
                "  apg tenant rates acme --burst default"
            })
    int rates(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "CODE") String code,
            @Option(
                            names = "--requests-per-minute",
                            paramLabel = "N|default",
                            converter = Bound.OrDefault.class,
                            description = "On average, in place of RATE_LIMIT_REQUESTS_PER_MINUTE.")
                    @Nullable
                    Bound<Integer> requestsPerMinute,
            @Option(
                            names = "--burst",
                            paramLabel = "N|default",
                            converter = Bound.OrDefault.class,
                            description = "At once, in place of RATE_LIMIT_BURST.")
                    @Nullable
                    Bound<Integer> burst) {
        print(server, bound(server, code, "/rates", tenant -> {
            Rates before = tenant.rates();
            var after = new Rates(
                    Bound.changed(requestsPerMinute, before.requestsPerMinute()), Bound.changed(burst, before.burst()));
            return after.equals(before) ? Optional.empty() : Optional.of(after);
        }));
        return ExitCode.OK.code();
    }

    /** Changes a tenant to what it is not yet; shows it in any case. */
    private static JsonNode bound(
            ServerOptions server, String code, String what, Function<Tenant, Optional<?>> changed) {
        ApgClient client = server.platformClient();
        JsonNode shown = client.get(path(code));
        Tenant before = ApgClient.read(shown, Tenant.class);
        Optional<?> after = changed.apply(before);
        if (after.isEmpty()) {
            return shown;
        }
        return ApgClient.json(client.send(client.withJson(path(code) + what, "PUT", after.get())
                        .header("If-Match", "\"%d\"".formatted(before.edition())))
                .body());
    }

    @Command(
            name = "token",
            mixinStandardHelpOptions = true,
            description = "Make a token of an administrator, good for a week, for a tenant that has lost all of them.",
            footer = {"", "Examples:", "  apg tenant token acme"})
    int token(@Mixin ServerOptions server, @Parameters(paramLabel = "CODE") String code) {
        JsonNode answer = server.platformClient().postForToken(path(code) + "/tokens", Map.of());
        server.print(answer, IssuedToken.class, issued -> server.out().println(issued.text()));
        return ExitCode.OK.code();
    }

    private static JsonNode change(ServerOptions server, String code, String action, Object body) {
        return server.platformClient().post(path(code) + action, body);
    }

    private static String path(String code) {
        return PATH + "/" + ApgClient.segment(code);
    }

    private static void print(ServerOptions server, JsonNode answer) {
        server.print(answer, Tenant.class, tenant -> print(server.out(), tenant));
    }

    private static void print(PrintWriter out, Tenant tenant) {
        out.printf(
                "%s (%s), %s%n",
                tenant.code(), tenant.name(), tenant.state().name().toLowerCase());
        if (tenant.reason() != null) {
            out.printf("Reason: %s%n", Table.clean(tenant.reason()));
        }
        if (tenant.erasedAt() != null) {
            out.printf("Everything is erased after %s.%n", tenant.erasedAt());
        }
        var table = new Table("WHAT", "HAS", "AT MOST");
        row(
                table,
                "capabilities",
                tenant.usage().capabilities(),
                tenant.quotas().capabilities());
        row(table, "versions", tenant.usage().versions(), tenant.quotas().versions());
        row(
                table,
                "compositions",
                tenant.usage().compositions(),
                tenant.quotas().compositions());
        row(table, "stored bytes", tenant.usage().storedBytes(), tenant.quotas().storedBytes());
        out.print(table);
        out.println(
                tenant.rates().equals(Rates.NONE)
                        ? "Each client may ask as often as the installation says."
                        : "Each client may send %s.".formatted(rates(tenant.rates())));
    }

    private static String rates(Rates rates) {
        List<String> words = new ArrayList<>();
        if (rates.requestsPerMinute() != null) {
            words.add("%d requests a minute".formatted(rates.requestsPerMinute()));
        }
        if (rates.burst() != null) {
            words.add("%d at once".formatted(rates.burst()));
        }
        return String.join(", and ", words);
    }

    private static void row(Table table, String what, long has, @Nullable Long most) {
        table.row(what, has, most == null ? "unbounded" : most);
    }
}
