package dev.apg.server.composition;

import dev.apg.resolver.Binding;
import dev.apg.resolver.Link;
import dev.apg.resolver.Provision;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Target;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.List;
import java.util.stream.Collectors;

/** Says of a service who needs it in a solution, who provides it, and why that one. */
final class ServiceNeeds {
    /** Needs that are told one by one. */
    private static final int MOST_TOLD = 5;

    private static final int MOST_PROVIDERS = 5;

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
        String more = needs.size() > MOST_TOLD
                ? " So it is with %d more needs of it.".formatted(needs.size() - MOST_TOLD)
                : "";
        return needs.stream().limit(MOST_TOLD).map(this::told).collect(Collectors.joining(" ")) + more;
    }

    private String told(Binding binding) {
        String who = switch (binding.need()) {
            case Link.Asked asked -> "The draft asks for %s".formatted(binding.target());
            case Link.Needed(var consumer, var requirement) ->
                "%s needs %s for %s".formatted(consumer, binding.target(), requirement.name());
        };
        String provided = universe.version(binding.provider()).stream()
                .flatMap(version -> version.provides().stream())
                .filter(provision -> provision.service().equals(binding.target().code()))
                .map(Provision::version)
                .filter(number -> binding.target().range().admits(number, PrereleaseRule.INCLUDE))
                .max(SemVer::compareTo)
                .map(number -> " in version " + number)
                .orElse("");
        String why = choices.preference(binding).orElse("nothing else that may be taken does");
        return "%s, which %s provides%s; %s.".formatted(who, binding.provider(), provided, why);
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
