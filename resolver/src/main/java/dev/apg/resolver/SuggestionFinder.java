package dev.apg.resolver;

import dev.apg.resolver.Chosen.Pick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds versions that say of themselves that they are useful beside what was chosen. */
final class SuggestionFinder {
    /** So that a very popular thing does not drown the answer in advertisement. */
    private static final int MAX_SUGGESTIONS = 100;

    private final Universe universe;
    private final Encoding encoding;
    private final Chosen chosen;
    private final List<Suggestion> found = new ArrayList<>();

    SuggestionFinder(Universe universe, Encoding encoding, Chosen chosen) {
        this.universe = universe;
        this.encoding = encoding;
        this.chosen = chosen;
    }

    /** @param inCodeOrder positions of the chosen versions */
    List<Suggestion> all(int[] inCodeOrder) {
        for (int position : inCodeOrder) {
            Pick present = chosen.pick(position);
            suggest(present, universe.mentions.enhancers(Target.Kind.CAPABILITY).of(present.block().name));
            for (Provision provision : chosen.version(position).provides()) {
                int service = universe.symbols.names.known(provision.service());
                suggest(
                        present,
                        universe.mentions.enhancers(Target.Kind.SERVICE).of(service));
            }
        }
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing((Suggestion each) -> each.version().code())
                        .thenComparing(each -> each.present().code()))
                .toList();
    }

    private void suggest(Pick present, int[] enhancers) {
        for (int name : encoding.matching().byCode(enhancers)) {
            VersionBlock block = universe.block(name);
            if (found.size() >= MAX_SUGGESTIONS || block == null || chosen.ofName(name) != null) {
                continue;
            }
            for (int i = block.size() - 1; i >= 0; i--) {
                if (encoding.isAcceptable(block, i)) {
                    suggest(present, block.read(i, universe.symbols));
                    break;
                }
            }
        }
    }

    private void suggest(Pick present, CapabilityVersion version) {
        for (Requirement requirement : version.requirements()) {
            if (requirement.strength() == Strength.ENHANCING
                    && requirement.anyOf().stream()
                            .anyMatch(target ->
                                    chosen.present(target).contains(present) && chosen.fits(present, target))) {
                found.add(new Suggestion(version.exact(), requirement, chosen.exact(present)));
                return;
            }
        }
    }
}
