package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Objective;
import dev.apg.contract.composition.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Creates compositions and changes their drafts. Each change of a draft is one draft operation. */
@Command(
        name = "compose",
        mixinStandardHelpOptions = true,
        description = "Design compositions: create, show and change their drafts.",
        subcommands = {
            ComposeCreateCommand.class,
            ComposeListCommand.class,
            ComposeShowCommand.class,
            ComposeOperationsCommand.class,
            ComposeApplyCommand.class,
            ComposeValidateCommand.class,
            ComposeDeleteCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  apg compose create shop --type microservice",
            "  apg compose add shop online-boutique-frontend --range '^0.10.0'",
            "  apg compose require shop cart-store",
            "  apg compose validate shop"
        })
public final class ComposeCommand {
    private static final String RANGE = "Which versions (default: any).";
    private static final String SAME = "The same as --range.";
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Name a capability in the draft; a service is named with `apg compose require`.",
            footer = {
                "",
                "Examples:",
                "  apg compose add shop redis-cart",
                "  apg compose add shop online-boutique-frontend --range '^0.10.0' --configuration '{\"platform\": \"local\"}'"
            })
    int add(
            @Mixin ServerOptions server,
            @Parameters(index = "0", paramLabel = "COMPOSITION") String composition,
            @Parameters(index = "1", paramLabel = "CAPABILITY") String capability,
            @Parameters(index = "2", arity = "0..1", paramLabel = "RANGE", description = SAME) @Nullable String behind,
            @Option(names = "--range", paramLabel = "RANGE", description = RANGE) @Nullable String range,
            @Option(names = "--configuration", paramLabel = "JSON", description = "Its configuration, an object.")
                    @Nullable
                    String configuration) {
        return DraftChange.post(
                server,
                composition,
                new DraftOperation.AddMember(
                        capability,
                        range(behind, range),
                        configuration == null ? null : object("--configuration", configuration)));
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Take a capability out of the draft.",
            footer = {"", "Examples:", "  apg compose remove shop redis-cart"})
    int remove(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "COMPOSITION") String composition,
            @Parameters(paramLabel = "CAPABILITY") String capability) {
        return DraftChange.post(server, composition, new DraftOperation.RemoveMember(capability));
    }

    @Command(
            name = "set-range",
            mixinStandardHelpOptions = true,
            description = "Say which versions of a member will do.",
            footer = {"", "Examples:", "  apg compose set-range shop online-boutique-frontend '>=0.8 <0.11'"})
    int setRange(
            @Mixin ServerOptions server,
            @Parameters(index = "0", paramLabel = "COMPOSITION") String composition,
            @Parameters(index = "1", paramLabel = "CAPABILITY") String capability,
            @Parameters(index = "2", arity = "0..1", paramLabel = "RANGE", description = SAME) @Nullable String behind,
            @Option(names = "--range", paramLabel = "RANGE", description = RANGE) @Nullable String range) {
        String given = range(behind, range);
        if (given == null) {
            throw new CommandFailure(ExitCode.USAGE, "The range is missing (expected: one such as '^1.2.0', or '*').");
        }
        return DraftChange.post(server, composition, new DraftOperation.SetRange(capability, given));
    }

    @Command(
            name = "configure",
            mixinStandardHelpOptions = true,
            description = "Give a capability its configuration, or take it back.",
            footer = {
                "",
                "Examples:",
                "  apg compose configure shop online-boutique-frontend '{\"platform\": \"local\"}'",
                "  apg compose configure shop online-boutique-frontend --remove"
            })
    int configure(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "COMPOSITION") String composition,
            @Parameters(paramLabel = "CAPABILITY", description = "A member, or one that is pulled in.")
                    String capability,
            @Parameters(paramLabel = "JSON", arity = "0..1", description = "The whole configuration, an object.")
                    @Nullable
                    String configuration,
            @Option(names = "--remove", description = "Take the configuration back.") boolean remove) {
        if ((configuration == null) != remove) {
            throw new CommandFailure(ExitCode.USAGE, "Give either the configuration as JSON, or --remove.");
        }
        return DraftChange.post(
                server,
                composition,
                new DraftOperation.SetConfiguration(
                        capability, configuration == null ? null : object("JSON", configuration)));
    }

    @Command(
            name = "require",
            mixinStandardHelpOptions = true,
            description = "Ask for a service that any provider may meet, or change its range.",
            footer = {"", "Examples:", "  apg compose require shop cart-store --range '^1.0.0'"})
    int require(
            @Mixin ServerOptions server,
            @Parameters(index = "0", paramLabel = "COMPOSITION") String composition,
            @Parameters(index = "1", paramLabel = "SERVICE") String service,
            @Parameters(index = "2", arity = "0..1", paramLabel = "RANGE", description = SAME) @Nullable String behind,
            @Option(names = "--range", paramLabel = "RANGE", description = RANGE) @Nullable String range) {
        return DraftChange.post(server, composition, new DraftOperation.RequireService(service, range(behind, range)));
    }

    @Command(
            name = "drop",
            mixinStandardHelpOptions = true,
            description = "Ask no longer for a service.",
            footer = {"", "Examples:", "  apg compose drop shop cart-store"})
    int drop(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "COMPOSITION") String composition,
            @Parameters(paramLabel = "SERVICE") String service) {
        return DraftChange.post(server, composition, new DraftOperation.DropService(service));
    }

    @Command(
            name = "pin",
            mixinStandardHelpOptions = true,
            description = "If a capability is chosen, then in exactly this version.",
            footer = {"", "Examples:", "  apg compose pin shop redis-cart@7.2.5"})
    int pin(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "COMPOSITION") String composition,
            @Parameters(paramLabel = "CAPABILITY@VERSION") String pinned) {
        Named named = Named.version(pinned);
        return DraftChange.post(
                server,
                composition,
                new DraftOperation.Pin(named.code(), named.version().orElseThrow()));
    }

    @Command(
            name = "unpin",
            mixinStandardHelpOptions = true,
            description = "Take a pin back.",
            footer = {"", "Examples:", "  apg compose unpin shop redis-cart"})
    int unpin(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "COMPOSITION") String composition,
            @Parameters(paramLabel = "CAPABILITY") String capability) {
        return DraftChange.post(server, composition, new DraftOperation.Unpin(capability));
    }

    @Command(
            name = "exclude",
            mixinStandardHelpOptions = true,
            description = "Say which versions of a capability must not be chosen.",
            footer = {"", "Examples:", "  apg compose exclude shop spanner-cart-store"})
    int exclude(
            @Mixin ServerOptions server,
            @Parameters(index = "0", paramLabel = "COMPOSITION") String composition,
            @Parameters(index = "1", paramLabel = "CAPABILITY") String capability,
            @Parameters(index = "2", arity = "0..1", paramLabel = "RANGE", description = SAME) @Nullable String behind,
            @Option(names = "--range", paramLabel = "RANGE", description = RANGE) @Nullable String range) {
        return DraftChange.post(server, composition, new DraftOperation.Exclude(capability, range(behind, range)));
    }

    @Command(
            name = "include",
            mixinStandardHelpOptions = true,
            description = "Take an exclusion back.",
            footer = {"", "Examples:", "  apg compose include shop spanner-cart-store"})
    int include(
            @Mixin ServerOptions server,
            @Parameters(index = "0", paramLabel = "COMPOSITION") String composition,
            @Parameters(index = "1", paramLabel = "CAPABILITY") String capability,
            @Parameters(index = "2", arity = "0..1", paramLabel = "RANGE", description = SAME) @Nullable String behind,
            @Option(names = "--range", paramLabel = "RANGE", description = RANGE) @Nullable String range) {
        return DraftChange.post(server, composition, new DraftOperation.Include(capability, range(behind, range)));
    }

    @Command(
            name = "set-policy",
            mixinStandardHelpOptions = true,
            description = "Say what a resolution may take and what it prefers.",
            footer = {
                "",
                "Examples:",
                "  apg compose set-policy shop --objective minimal_change,cheapest --accept deprecated,yanked"
            })
    int setPolicy(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "COMPOSITION") String composition,
            @Option(
                            names = "--objective",
                            split = ",",
                            paramLabel = "OBJECTIVE",
                            description =
                                    "newest (default), minimal_change, fewest or cheapest; several of the last three are minimised in the given order.")
                    @Nullable
                    List<Objective> objective,
            @Option(names = "--prereleases", description = "Take pre-releases where no range names one.")
                    boolean prereleases,
            @Option(
                            names = "--accept",
                            split = ",",
                            paramLabel = "MARK",
                            description =
                                    "Take versions that are yanked, deprecated, retired or unapproved (default: deprecated).")
                    @Nullable
                    Set<Mark> accept,
            @Option(names = "--accept-none", description = "Not even deprecated ones.") boolean acceptNone) {
        if (acceptNone && accept != null) {
            throw new CommandFailure(ExitCode.USAGE, "Give either --accept or --accept-none.");
        }
        var policy = new Policy(objective, prereleases, acceptNone ? Set.of() : accept);
        return DraftChange.post(server, composition, new DraftOperation.SetPolicy(policy));
    }

    /** People remember one or the other. */
    private static @Nullable String range(@Nullable String behind, @Nullable String option) {
        if (behind != null && option != null) {
            throw new CommandFailure(ExitCode.USAGE, "Give the range once: either as RANGE or with --range.");
        }
        return behind != null ? behind : option;
    }

    private static Map<String, Object> object(String name, String json) {
        try {
            return WireJson.MAPPER.readValue(json, OBJECT);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "%s: %s (expected: a JSON object such as '{\"users\": 5}')".formatted(name, json));
        }
    }
}
