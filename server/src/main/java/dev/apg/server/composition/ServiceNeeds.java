package dev.apg.server.composition;

import dev.apg.resolver.Binding;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Link;
import dev.apg.resolver.Provision;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says of a service who needs it in a solution, who provides it, and why that one. */
final class ServiceNeeds {
    /** Needs that are told one by one. */
    private static final int MOST_TOLD = 5;

    private static final int MOST_PROVIDERS = 5;

    /**
     * How a need is met.
     *
     * @param how in which version of the service, and why by that provider: {@code  in version 1.2.0; not b, because …}
     */
    private record Met(ExactVersion by, String how) {}

    private final Universe universe;
    private final ProviderChoices choices;

    private ServiceNeeds(Universe universe, ProviderChoices choices) {
        this.universe = universe;
        this.choices = choices;
    }

    /** @param resolved which has a solution */
    static String told(Resolved resolved, String service) {
        var solved = (Resolution.Solved) resolved.resolution();
        Universe universe = resolved.snapshot().universe();
        ProviderChoices choices = ProviderChoices.of(resolved, solved);
        return new ServiceNeeds(universe, choices).told(solved.bindings(), service);
    }

    private String told(List<Binding> bindings, String service) {
        List<Binding> needs = bindings.stream()
                .filter(binding -> binding.target().kind() == Target.Kind.SERVICE
                        && binding.target().code().equals(service))
                .toList();
        if (needs.isEmpty()) {
            return "%s is a service, and nothing that was chosen needs it. %s".formatted(service, offered(service));
        }
        // Needs that one provider meets for one reason are told once.
        Map<Met, List<Binding>> alike =
                needs.stream().collect(Collectors.groupingBy(this::met, LinkedHashMap::new, Collectors.toList()));
        return alike.entrySet().stream()
                .map(each -> each.getValue().size() == 1
                        ? "%s, which %s provides%s."
                                .formatted(
                                        sentenceStart(each.getValue().getFirst()),
                                        each.getKey().by(),
                                        each.getKey().how())
                        : "%s provides %s%s. It meets %d needs: %s."
                                .formatted(
                                        each.getKey().by(),
                                        service,
                                        each.getKey().how(),
                                        each.getValue().size(),
                                        listed(each.getValue())))
                .collect(Collectors.joining(" "));
    }

    private static String sentenceStart(Binding binding) {
        return binding.need() instanceof Link.Asked ? "The" + needed(binding).substring(3) : needed(binding);
    }

    private static String needed(Binding binding) {
        return switch (binding.need()) {
            case Link.Asked asked -> "the draft asks for %s".formatted(binding.target());
            case Link.Needed(var consumer, var requirement) ->
                "%s %s %s for %s"
                        .formatted(
                                consumer,
                                requirement.strength() == Strength.RECOMMENDED ? "recommends" : "needs",
                                binding.target(),
                                requirement.name());
        };
    }

    private static String listed(List<Binding> needs) {
        String first = needs.stream().limit(MOST_TOLD).map(ServiceNeeds::needed).collect(Collectors.joining(", "));
        return needs.size() > MOST_TOLD ? "%s and %d more".formatted(first, needs.size() - MOST_TOLD) : first;
    }

    private Met met(Binding binding) {
        String provided = universe.version(binding.provider()).stream()
                .flatMap(version -> version.provides().stream())
                .filter(provision -> provision.service().equals(binding.target().code()))
                .map(Provision::version)
                .filter(number -> binding.target().range().admits(number, PrereleaseRule.INCLUDE))
                .max(SemVer::compareTo)
                .map(number -> " in version " + number)
                .orElse("");
        String why = choices.preference(binding).orElse("nothing else that may be taken does");
        return new Met(binding.provider(), "%s; %s".formatted(provided, why));
    }

    private String offered(String service) {
        List<String> providers = universe.providers(service);
        return providers.isEmpty()
                ? "Nothing provides it."
                : "It is provided by %s%s."
                        .formatted(
                                providers.stream().limit(MOST_PROVIDERS).collect(Collectors.joining(", ")),
                                providers.size() > MOST_PROVIDERS
                                        ? " and %d more".formatted(providers.size() - MOST_PROVIDERS)
                                        : "");
    }
}
