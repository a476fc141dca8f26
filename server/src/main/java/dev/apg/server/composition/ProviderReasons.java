package dev.apg.server.composition;

import dev.apg.resolver.Alternatives;
import dev.apg.resolver.Binding;
import dev.apg.resolver.Entry;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.HeldBack;
import dev.apg.resolver.Objective;
import dev.apg.resolver.Preferences;
import dev.apg.resolver.Preferences.Comparison;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a need is met by this provider and not by another one: what of the policy and the choice rule decided between the two. */
final class ProviderReasons {
    private final Request request;
    private final Standings standings;
    private final Preferences preferences;
    private final Alternatives allowed;
    private final Map<String, Entry> entries = new HashMap<>();

    /** @param allowed by the request */
    ProviderReasons(
            Request request,
            Alternatives allowed,
            Standings standings,
            Resolution.Solved solved,
            Preferences preferences) {
        this.request = request;
        this.allowed = allowed;
        this.standings = standings;
        this.preferences = preferences;
        solved.entries().forEach(entry -> entries.put(entry.version().code(), entry));
    }

    /**
     * Another capability that could meet a need, as far as its single versions tell.
     *
     * @param place of the first target that it meets, as the requirement is written
     * @param newest of its versions that meet that target
     */
    record Alternative(String code, int place, SemVer newest) {}

    /** What decided between two providers. */
    sealed interface Cause {
        /** The previous revision has the chosen one. */
        record Locked() implements Cause {}

        /** The chosen one is there for another need. */
        record Present() implements Cause {}

        record Aim(Objective objective, long more) implements Cause {}

        record WrittenFirst() implements Cause {}

        record CodeOrder() implements Cause {}

        /** The other one comes first by the rule, and cannot be chosen beside the rest. */
        record Feasible() implements Cause {}

        /** The other one is chosen, in a version that does not meet the need. */
        record OtherVersion(ExactVersion chosen, SemVer wanted) implements Cause {}

        /** What decided would take a longer search. */
        record NotChecked() implements Cause {}

        /** As in a resolution. */
        default String wire() {
            return switch (this) {
                case Locked _ -> "locked";
                case Present _ -> "present";
                case Aim _ -> "objective";
                case WrittenFirst _ -> "written_first";
                case CodeOrder _ -> "code_order";
                case Feasible _ -> "feasible";
                case OtherVersion _ -> "other_version";
                case NotChecked _ -> "not_checked";
            };
        }
    }

    /** @param place of the first target that the provider meets */
    Cause cause(Binding binding, int place, Alternative other) {
        Entry present = entries.get(other.code());
        if (present != null && !meets(present.version(), binding)) {
            return new Cause.OtherVersion(present.version(), other.newest());
        }
        Entry entry = entries.get(binding.provider().code());
        boolean anyway = entry != null && !entry.reason().getLast().equals(binding.need());
        if (!preferences.decide() || present != null || anyway) {
            return anyway && !isLockedBefore(binding, other) ? new Cause.Present() : byRule(binding, place, other);
        }
        return switch (preferences.with(other.code(), binding)) {
            case Comparison.Worse(Objective objective, long more) -> new Cause.Aim(objective, more);
            case Comparison.AsGood _ -> byRule(binding, place, other);
            case Comparison.Impossible _ -> new Cause.Feasible();
            case Comparison.NotKnown _ -> new Cause.NotChecked();
        };
    }

    private Cause byRule(Binding binding, int place, Alternative other) {
        if (isLockedBefore(binding, other)) {
            return new Cause.Locked();
        }
        if (place < other.place()) {
            return new Cause.WrittenFirst();
        }
        return place == other.place() && binding.provider().code().compareTo(other.code()) < 0
                ? new Cause.CodeOrder()
                : new Cause.Feasible();
    }

    /** Whether the rule takes the provider because it is what was locked, and the other one has no locked version to take. */
    private boolean isLockedBefore(Binding binding, Alternative other) {
        return locked(binding.provider().code())
                        .filter(binding.provider().number()::equals)
                        .isPresent()
                && locked(other.code())
                        .filter(number -> meets(new ExactVersion(other.code(), number), binding))
                        .isEmpty();
    }

    private Optional<SemVer> locked(String code) {
        return request.update().contains(code)
                ? Optional.empty()
                : Optional.ofNullable(request.previous().get(code));
    }

    private boolean meets(ExactVersion version, Binding binding) {
        return binding.need().targets().stream().anyMatch(target -> allowed.admits(version, target));
    }

    /**
     * A clause after "because" for each cause, one cause after the other.
     *
     * @param causes by the code of the alternative
     */
    String words(String provider, Map<String, Cause> causes) {
        Map<Cause, List<String>> grouped = new LinkedHashMap<>();
        causes.forEach((code, cause) ->
                grouped.computeIfAbsent(cause, _ -> new ArrayList<>()).add(code));
        return grouped.entrySet().stream()
                .map(each -> clause(provider, each.getKey(), each.getValue()))
                .collect(Collectors.joining(", and because "));
    }

    private String clause(String provider, Cause cause, List<String> others) {
        return switch (cause) {
            case Cause.Locked _ -> "the previous revision has it";
            case Cause.Present _ -> "%s is in the composition anyway".formatted(provider);
            case Cause.Aim(var objective, long more) ->
                "the policy asks for %s, which would be %d more with %s"
                        .formatted(objective.words(), more, String.join(" or ", others));
            case Cause.WrittenFirst _ -> "the requirement names it first";
            case Cause.CodeOrder _ ->
                "it comes before %s in the alphabet and nothing else sets them apart"
                        .formatted(String.join(" and ", others));
            case Cause.Feasible _ -> "%s cannot be had together with the rest".formatted(String.join(" and ", others));
            case Cause.OtherVersion(var chosen, var wanted) ->
                "%s would have to be %s instead of %s%s"
                        .formatted(
                                chosen.code(),
                                wanted,
                                chosen.number(),
                                obstacle(chosen, wanted).map(", and "::concat).orElse(""));
            case Cause.NotChecked _ ->
                "the policy's objectives or the choice rule prefer it to %s; what decided was not checked"
                        .formatted(String.join(" and ", others));
        };
    }

    /** What is in the way of a version, as far as its entry tells. */
    private Optional<String> obstacle(ExactVersion chosen, SemVer wanted) {
        HeldBack held = Optional.ofNullable(entries.get(chosen.code()))
                .map(preferences::heldBack)
                .orElse(null);
        return held == null || !held.newest().equals(wanted)
                ? Optional.empty()
                : Optional.of(Sentences.why(chosen.code(), wanted.toString(), held.cause(), standings));
    }
}
