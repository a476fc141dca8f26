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
import dev.apg.resolver.Preferences;
import dev.apg.resolver.Request;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.Target.Kind;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.composition.ProviderReasons.Alternative;
import dev.apg.server.composition.ProviderReasons.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final Resolution.Solved solved;
    private final List<Binding> bindings;
    private final ProviderReasons reasons;
    private final Map<Target, List<String>> candidates = new HashMap<>();

    ProviderChoices(Snapshot snapshot, Request request, Resolution.Solved solved, Preferences preferences) {
        this.universe = snapshot.universe();
        this.request = request;
        this.allowed = new Alternatives(universe, request);
        this.solved = solved;
        this.bindings = solved.bindings();
        this.reasons = new ProviderReasons(request, allowed, new Standings(snapshot), solved, preferences);
    }

    /** Of what a draft resolved to. */
    static ProviderChoices of(Resolved resolved, Resolution.Solved solved) {
        return new ProviderChoices(
                resolved.snapshot(), resolved.request(), solved, HeldBackReasons.preferences(resolved, solved));
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
                                reasons.words(binding.provider().code(), causes(binding, alternatives))));
    }

    /** The needs that this capability could meet and another one does. */
    List<ProviderChoice> passingOver(String code) {
        return bindings.stream()
                .filter(binding -> !binding.provider().code().equals(code))
                .flatMap(binding ->
                        choice(binding, alternative(binding, code).stream().toList()).stream())
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

    /** Whether a need that was met is only a recommendation. */
    boolean isRecommended(Reason need) {
        return bindings.stream()
                .anyMatch(binding -> binding.need() instanceof Link.Needed(var consumer, var requirement)
                        && consumer.code().equals(need.capability())
                        && requirement.name().equals(need.requirement())
                        && requirement.strength() == Strength.RECOMMENDED);
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
                .or(() -> Optional.ofNullable(request.pins().get(code))
                        .flatMap(number -> bar(code, "the draft pins it to " + number, request.withPins(Map.of()))))
                .or(() -> bar(
                        code,
                        "the policy accepts no version of it that would do",
                        request.withPolicy(
                                policy -> new Policy(policy.objectives(), true, EnumSet.allOf(Mark.class)))));
    }

    private Optional<String> bar(String code, String why, Request without) {
        var lifted = new Alternatives(universe, without);
        return bindings.stream()
                .filter(binding -> binding.need().targets().stream()
                        .anyMatch(target -> lifted.newest(code, target).isPresent()))
                .findFirst()
                .map(binding -> "%s, although it could meet %s".formatted(why, what(ReasonChains.of(binding.need()))));
    }

    /** A need of what was chosen that names a capability and yet brought nothing in; empty if there is none. */
    Optional<String> withoutForce(String code) {
        return solved.entries().stream()
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

    private Optional<String> withoutForce(ExactVersion consumer, Requirement requirement) {
        return switch (requirement.strength()) {
            case OPTIONAL ->
                Optional.of("the requirement %s of %s names it, but is optional and brings nothing in"
                        .formatted(requirement.name(), consumer));
            case RECOMMENDED ->
                solved.leftOut().stream()
                        .filter(left -> left.consumer().equals(consumer)
                                && left.requirement().equals(requirement))
                        .map(left -> left.why().replaceFirst("\\.$", ""))
                        .findFirst();
            case REQUIRED, ENHANCING -> Optional.empty();
        };
    }

    /** The newest version of a capability that meets a need that something else was chosen for. */
    Optional<SemVer> newestFor(String code) {
        return bindings.stream()
                .filter(binding -> !binding.provider().code().equals(code))
                .flatMap(binding -> binding.need().targets().stream())
                .flatMap(target -> allowed.newest(code, target).stream())
                .max(SemVer::compareTo);
    }

    private Optional<ProviderChoice> choice(Binding binding, List<Alternative> alternatives) {
        if (alternatives.isEmpty()) {
            return Optional.empty();
        }
        String provider = binding.provider().code();
        Map<String, Cause> causes = causes(binding, alternatives);
        Reason need = ReasonChains.of(binding.need());
        List<ProviderChoice.PassedOver> passedOver = new ArrayList<>();
        causes.forEach((code, cause) -> passedOver.add(new ProviderChoice.PassedOver(code, cause.wire())));
        return Optional.of(new ProviderChoice(
                need,
                provider,
                List.copyOf(causes.keySet()),
                passedOver.getFirst().cause(),
                passedOver,
                "%s is met by %s, which was preferred because %s"
                        .formatted(what(need), provider, reasons.words(provider, causes))));
    }

    /** In the order of the alternatives. */
    private Map<String, Cause> causes(Binding binding, List<Alternative> alternatives) {
        int place = place(binding);
        Map<String, Cause> causes = new LinkedHashMap<>();
        alternatives.forEach(each -> causes.put(each.code(), reasons.cause(binding, place, each)));
        return causes;
    }

    private static String what(Reason need) {
        return need.root() != null
                ? "the draft's %s".formatted(need.root())
                : "the requirement %s of %s".formatted(need.requirement(), need.capability());
    }

    private List<Alternative> alternatives(Binding binding) {
        List<Target> targets = binding.need().targets();
        List<Alternative> found = new ArrayList<>();
        for (int place = 0; place < targets.size(); place++) {
            int at = place;
            for (String code : candidates.computeIfAbsent(targets.get(place), this::candidates)) {
                if (!code.equals(binding.provider().code())
                        && found.size() < MAX_ALTERNATIVES
                        && found.stream().noneMatch(each -> each.code().equals(code))) {
                    allowed.newest(code, targets.get(place))
                            .ifPresent(newest -> found.add(new Alternative(code, at, newest)));
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

    /** The place of the first target that the provider meets, as it was chosen. */
    private static int place(Binding binding) {
        return binding.need().targets().indexOf(binding.target());
    }

    private Optional<Alternative> alternative(Binding binding, String code) {
        List<Target> targets = binding.need().targets();
        for (int place = 0; place < targets.size(); place++) {
            Optional<SemVer> newest = allowed.newest(code, targets.get(place));
            if (newest.isPresent()) {
                return Optional.of(new Alternative(code, place, newest.get()));
            }
        }
        return Optional.empty();
    }
}
