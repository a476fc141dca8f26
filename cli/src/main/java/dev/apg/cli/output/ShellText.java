package dev.apg.cli.output;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Objective;
import dev.apg.contract.composition.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Commands that a person can copy and paste. */
public final class ShellText {
    private ShellText() {}

    /** The command that applies a draft operation. */
    public static String command(String composition, DraftOperation operation) {
        return switch (operation) {
            case DraftOperation.AddMember(var capability, var range, var configuration) ->
                compose("add", composition, capability, range(range), configuration(configuration));
            case DraftOperation.RemoveMember(var capability) -> compose("remove", composition, capability);
            case DraftOperation.SetRange(var capability, var range) ->
                compose("set-range", composition, capability, List.of(range == null ? "*" : range));
            case DraftOperation.SetConfiguration(var capability, var configuration) ->
                configuration == null
                        ? compose("configure", composition, capability, List.of("--remove"))
                        : configure(composition, capability, json(configuration));
            case DraftOperation.RequireService(var service, var range) ->
                compose("require", composition, service, range(range));
            case DraftOperation.DropService(var service) -> compose("drop", composition, service);
            case DraftOperation.Pin(var capability, var version) ->
                compose("pin", composition, capability + "@" + version);
            case DraftOperation.Unpin(var capability) -> compose("unpin", composition, capability);
            case DraftOperation.Exclude(var capability, var range) ->
                compose("exclude", composition, capability, range(range));
            case DraftOperation.Include(var capability, var range) ->
                compose("include", composition, capability, range(range));
            case DraftOperation.SetPolicy(var policy) -> policy(composition, policy);
            // Without --force: what others changed since must not get lost by pasting; a refusal says how to do it all
            // the same. Not with echo, which in some shells reads backslashes.
            case DraftOperation.Replace(var document) ->
                "printf '%s\\n' " + quote(json(document)) + " | apg compose apply " + quote(composition) + " -f -";
        };
    }

    /** The command that gives a capability its configuration. */
    static String configure(String composition, String capability, String json) {
        return compose("configure", composition, capability, List.of(json));
    }

    /** A word as a shell takes it literally; zsh looks for a command where one begins with {@code =}. */
    public static String quote(String word) {
        return word.matches("[A-Za-z0-9._/@:+,%-][A-Za-z0-9._/@:=+,%-]*")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }

    @SafeVarargs
    private static String compose(String command, String composition, String subject, List<String>... more) {
        var words = new ArrayList<>(List.of("apg", "compose", command, composition, subject));
        for (List<String> each : more) {
            words.addAll(each);
        }
        return words.stream().map(ShellText::quote).collect(Collectors.joining(" "));
    }

    private static String policy(String composition, Policy policy) {
        var words = new ArrayList<>(List.of("apg", "compose", "set-policy", composition));
        if (policy.objective() != null) {
            String objectives = policy.objective().stream().map(Objective::wire).collect(Collectors.joining(","));
            words.addAll(List.of("--objective", objectives));
        }
        if (policy.prereleases()) {
            words.add("--prereleases");
        }
        if (policy.accept() != null && policy.accept().isEmpty()) {
            words.add("--accept-none");
        } else if (policy.accept() != null) {
            words.addAll(
                    List.of("--accept", policy.accept().stream().map(Mark::wire).collect(Collectors.joining(","))));
        }
        return words.stream().map(ShellText::quote).collect(Collectors.joining(" "));
    }

    private static List<String> range(@Nullable String range) {
        return range == null || range.equals("*") ? List.of() : List.of("--range", range);
    }

    private static List<String> configuration(@Nullable Map<String, Object> configuration) {
        return configuration == null ? List.of() : List.of("--configuration", json(configuration));
    }

    private static String json(Object value) {
        return WireJson.MAPPER.writeValueAsString(value);
    }
}
