package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument.Reason;
import dev.apg.contract.composition.Resolution.ProviderChoice;
import dev.apg.resolver.Alternatives;
import dev.apg.resolver.Binding;
import dev.apg.resolver.Entry;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Link;
import dev.apg.resolver.Mark;
import dev.apg.resolver.Policy;
import dev.apg.resolver.Request;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Target;
import dev.apg.resolver.Target.Kind;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which needs of a solution several capabilities could have met, and why it was this one: docs/resolver.md. */
final class ProviderChoices {
    /** Alternatives that are named for one need. */
    private static final int MAX_ALTERNATIVES = 5;

    /** Capabilities that are looked at for one target: an answer must not cost more where a service has thousands. */
    private static final int MAX_LOOKED_AT = 50;

    private final Universe universe;
    private final Request request;
    private final Alternatives allowed;
    private final List<Binding> bindings;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<Target, List<String>> candidates = new HashMap<>();

    ProviderChoices(Universe universe, Request request, Resolution.Solved solved) {
        this.universe = universe;
        this.request = request;
        this.allowed = new Alternatives(universe, request);
        this.bindings = solved.bindings();
        solved.entries().forEach(entry -> entries.put(entry.version().code(), entry));
    }

    /** Every need with a choice, in the order of the bindings. */
    List<ProviderChoice> all() {
        return bindings.stream()
                .flatMap(binding -> choice(binding, alternatives(binding)).stream())
                .toList();
    }

    /** {@code not b or c, because the requirement names it first}; empty if nothing else could meet the need. */
    Optional<String> preference(Binding binding) {
        List<Alternative> alternatives = alternatives(binding);
        return alternatives.isEmpty()
                ? Optional.empty()
                : Optional.of("not %s, because %s"
                        .formatted(
                                alternatives.stream().map(Alternative::code).collect(Collectors.joining(" or ")),
                                because(
                                        cause(binding, alternatives),
                                        binding.provider().code())));
    }

    /** The needs that this capability could meet and another one does. */
    List<ProviderChoice> passingOver(String code) {
        return bindings.stream()
                .filter(binding -> !binding.provider().code().equals(code))
                .flatMap(binding ->
                        choice(
                                binding,
                                place(binding, code).stream()
                                        .map(place -> new Alternative(code, place))
                                        .toList())
                                .stream())
                .toList();
    }

    /** Up to five others that could meet a requirement of an entry, as far as single versions tell. */
    List<String> alternatives(String consumer, String requirement) {
        return bindings.stream()
                .filter(binding -> isNeed(binding, consumer, requirement))
                .findFirst()
                .map(binding ->
                        alternatives(binding).stream().map(Alternative::code).toList())
                .orElse(List.of());
    }

    /** Whether a binding is of this requirement. */
    static boolean isNeed(Binding binding, String consumer, String requirement) {
        return binding.need() instanceof Link.Needed(var version, var need)
                && version.code().equals(consumer)
                && need.name().equals(requirement);
    }

    /** What the draft itself says against a capability that could meet a need otherwise; empty if that is not what bars it. */
    Optional<String> barred(String code) {
        return bar(code, "the draft excludes it", request.withExclusions(List.of()))
                .or(() -> bar(code, "the draft pins it to another version", request.withPins(Map.of())))
                .or(() -> bar(
                        code,
                        "the policy accepts no version of it that would do",
                        request.withPolicy(
                                policy -> new Policy(policy.objectives(), true, EnumSet.allOf(Mark.class)))));
    }

    private Optional<String> bar(String code, String why, Request without) {
        var lifted = new Alternatives(universe, without);
        return bindings.stream()
                .filter(binding -> targets(binding.need()).stream()
                        .anyMatch(target -> lifted.newest(code, target).isPresent()))
                .findFirst()
                .map(binding -> "%s, although it could meet %s".formatted(why, what(ReasonChains.of(binding.need()))));
    }

    /** A need of what was chosen that names a capability and yet brought nothing in; empty if there is none. */
    Optional<String> withoutForce(String code) {
        return entries.values().stream()
                .map(Entry::version)
                .sorted(Comparator.comparing(ExactVersion::code))
                .flatMap(consumer -> universe.version(consumer).stream()
                        .flatMap(version -> version.requirements().stream())
                        .filter(requirement -> requirement.anyOf().stream().anyMatch(target -> isNamed(code, target)))
                        .flatMap(requirement -> withoutForce(consumer, requirement).stream()))
                .findFirst();
    }

    /** Whether a target is about the capability, in whatever range, or some version of it would meet it. */
    private boolean isNamed(String code, Target target) {
        return (target.kind() == Kind.CAPABILITY && target.code().equals(code))
                || allowed.newest(code, target).isPresent();
    }

    private static Optional<String> withoutForce(ExactVersion consumer, Requirement requirement) {
        return switch (requirement.strength()) {
            case OPTIONAL ->
                Optional.of("the requirement %s of %s names it, but is optional and brings nothing in"
                        .formatted(requirement.name(), consumer));
            case RECOMMENDED ->
                Optional.of("the requirement %s of %s only recommends it, and could not be followed"
                        .formatted(requirement.name(), consumer));
            case REQUIRED, ENHANCING -> Optional.empty();
        };
    }

    /** The newest version of a capability that meets a need that something else was chosen for. */
    Optional<SemVer> newestFor(String code) {
        return bindings.stream()
                .filter(binding -> !binding.provider().code().equals(code))
                .flatMap(binding -> targets(binding.need()).stream())
                .flatMap(target -> allowed.newest(code, target).stream())
                .max(SemVer::compareTo);
    }

    /** @param place of the first target that it meets, as the requirement is written */
    private record Alternative(String code, int place) {}

    private Optional<ProviderChoice> choice(Binding binding, List<Alternative> alternatives) {
        if (alternatives.isEmpty()) {
            return Optional.empty();
        }
        String provider = binding.provider().code();
        Cause cause = cause(binding, alternatives);
        Reason need = ReasonChains.of(binding.need());
        return Optional.of(new ProviderChoice(
                need,
                provider,
                alternatives.stream().map(Alternative::code).toList(),
                cause.name().toLowerCase(java.util.Locale.ROOT),
                "%s is met by %s, which was preferred because %s"
                        .formatted(what(need), provider, because(cause, provider))));
    }

    private static String what(Reason need) {
        return need.root() != null
                ? "the draft's %s".formatted(need.root())
                : "the requirement %s of %s".formatted(need.requirement(), need.capability());
    }

    /** What decided, in the words of the choice rule. */
    private enum Cause {
        LOCKED,
        PRESENT,
        OBJECTIVE,
        WRITTEN_FIRST,
        CODE_ORDER,
        FEASIBLE
    }

    private Cause cause(Binding binding, List<Alternative> alternatives) {
        String provider = binding.provider().code();
        if (isLocked(provider) && alternatives.stream().noneMatch(each -> isLocked(each.code()))) {
            return Cause.LOCKED;
        }
        Entry entry = entries.get(provider);
        if (entry != null && !entry.reason().getLast().equals(binding.need())) {
            return Cause.PRESENT;
        }
        if (!request.policy().objectives().isEmpty()) {
            return Cause.OBJECTIVE;
        }
        int place = place(binding, provider).orElse(Integer.MAX_VALUE);
        if (alternatives.stream().allMatch(each -> place < each.place())) {
            return Cause.WRITTEN_FIRST;
        }
        boolean first = alternatives.stream()
                .allMatch(
                        each -> place < each.place() || (place == each.place() && provider.compareTo(each.code()) < 0));
        return first ? Cause.CODE_ORDER : Cause.FEASIBLE;
    }

    private String because(Cause cause, String provider) {
        return switch (cause) {
            case LOCKED -> "the previous revision has it";
            case PRESENT -> "%s is in the composition anyway".formatted(provider);
            case OBJECTIVE ->
                "the policy asks for %s first"
                        .formatted(
                                RequestWords.aim(request.policy().objectives().getFirst()));
            case WRITTEN_FIRST -> "the requirement names it first";
            case CODE_ORDER -> "equal providers are tried in the order of their codes";
            case FEASIBLE -> "what comes before it cannot be chosen beside the rest";
        };
    }

    private boolean isLocked(String code) {
        return request.previous().containsKey(code) && !request.update().contains(code);
    }

    private List<Alternative> alternatives(Binding binding) {
        List<Target> targets = targets(binding.need());
        List<Alternative> found = new ArrayList<>();
        for (int place = 0; place < targets.size(); place++) {
            for (String code : candidates.computeIfAbsent(targets.get(place), this::candidates)) {
                if (!code.equals(binding.provider().code())
                        && found.size() < MAX_ALTERNATIVES
                        && found.stream().noneMatch(each -> each.code().equals(code))) {
                    found.add(new Alternative(code, place));
                }
            }
        }
        return found;
    }

    private List<String> candidates(Target target) {
        List<String> codes = target.kind() == Kind.SERVICE ? universe.providers(target.code()) : List.of(target.code());
        return codes.stream()
                .limit(MAX_LOOKED_AT)
                .filter(code -> allowed.newest(code, target).isPresent())
                .limit(MAX_ALTERNATIVES + 1)
                .toList();
    }

    private Optional<Integer> place(Binding binding, String code) {
        List<Target> targets = targets(binding.need());
        for (int place = 0; place < targets.size(); place++) {
            if (allowed.newest(code, targets.get(place)).isPresent()) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private static List<Target> targets(Link need) {
        return switch (need) {
            case Link.Asked(var root) -> List.of(root.target());
            case Link.Needed(var consumer, var requirement) -> requirement.anyOf();
        };
    }
}
