package dev.apg.resolver;

import dev.apg.resolver.Chosen.Pick;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the objectives of a policy have against a version beside which all else that was chosen could stay. Known without a
 * search, unless something else would come or go with it.
 */
final class Worsening {
    private final Encoding encoding;
    private final Chosen chosen;
    private final Bindings bindings;

    Worsening(Encoding encoding, Chosen chosen, Bindings bindings) {
        this.encoding = encoding;
        this.chosen = chosen;
        this.bindings = bindings;
    }

    /** What is in the way of a version in the place of the chosen one, where nothing single is. */
    HeldBack.Cause instead(int position, Pick better) {
        CapabilityVersion version = chosen.read(better);
        if (bringsIn(version, better) || letsGo(position, version)) {
            return new HeldBack.Cause.Objectives();
        }
        Optional<HeldBack.Cause.Aim> worse = worse(version, chosen.version(position));
        if (worse.isPresent()) {
            return worse.get();
        }
        // As good, and newer: then only the previous lock makes the rule prefer the older one.
        return isLocked(chosen.version(position)) ? new HeldBack.Cause.Locked() : new HeldBack.Cause.Objectives();
    }

    /** Of a version of a capability that was not chosen; empty if it is not known, or nothing. */
    Optional<HeldBack.Cause.Aim> beside(Pick added) {
        CapabilityVersion version = chosen.read(added);
        return bringsIn(version, added) ? Optional.empty() : worse(version, null);
    }

    /** The first objective under which there is a difference, if it is for the worse. */
    private Optional<HeldBack.Cause.Aim> worse(CapabilityVersion version, @Nullable CapabilityVersion instead) {
        for (Objective objective : encoding.request().policy().objectives()) {
            long more = price(objective, version) - (instead == null ? 0 : price(objective, instead));
            if (more != 0) {
                return more > 0 ? Optional.of(new HeldBack.Cause.Aim(objective, more)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean isLocked(CapabilityVersion version) {
        Request request = encoding.request();
        return !request.update().contains(version.code())
                && version.number().equals(request.previous().get(version.code()));
    }

    private long price(Objective objective, CapabilityVersion version) {
        return switch (objective) {
            case FEWEST -> 1;
            case CHEAPEST -> version.cost();
            case MINIMAL_CHANGE ->
                isLocked(version) || encoding.request().update().contains(version.code()) ? 0 : 1;
        };
    }

    private boolean bringsIn(CapabilityVersion version, Pick itself) {
        return version.requirements().stream()
                .filter(need -> need.strength() == Strength.REQUIRED)
                .anyMatch(need -> need.anyOf().stream()
                        .noneMatch(target -> meets(itself, target)
                                || chosen.others(target, itself).stream().anyMatch(pick -> meets(pick, target))));
    }

    private boolean letsGo(int position, CapabilityVersion version) {
        ExactVersion self = chosen.exact(position);
        List<Target> needed = version.requirements().stream()
                .flatMap(need -> need.anyOf().stream())
                .toList();
        return Arrays.stream(bindings.providersOf(position))
                .filter(provider -> provider != position && isThereFor(self, provider))
                .anyMatch(provider -> needed.stream().noneMatch(target -> meets(chosen.pick(provider), target)));
    }

    private boolean isThereFor(ExactVersion consumer, int provider) {
        return bindings.metBy(provider).stream()
                .allMatch(link ->
                        link instanceof Link.Needed(ExactVersion other, Requirement _) && other.equals(consumer));
    }

    private boolean meets(Pick pick, Target target) {
        return chosen.meets(pick, target, encoding.rule());
    }
}
