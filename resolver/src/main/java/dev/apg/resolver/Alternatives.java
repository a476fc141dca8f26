package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.Optional;

/**
 * What a request allows to meet a target, whatever else is chosen: said of single versions, without a search and without
 * reading their facts. For one request and one thread.
 */
public final class Alternatives {
    private final Universe universe;
    private final Request request;
    private final Matching matching;
    private final PrereleaseRule rule;
    private final int refusedMarks;

    public Alternatives(Universe universe, Request request) {
        this.universe = universe;
        this.request = request;
        this.matching = new Matching(universe);
        this.rule = request.policy().prereleases() ? PrereleaseRule.INCLUDE : PrereleaseRule.NPM;
        this.refusedMarks = request.policy().refusedMarks();
    }

    /**
     * The newest version of a capability that meets the target and that no pin, exclusion or mark speaks against. Linear in
     * the versions of the capability.
     */
    public Optional<SemVer> newest(String code, Target target) {
        VersionBlock block = universe.block(universe.symbols.names.known(code));
        if (block == null) {
            return Optional.empty();
        }
        for (int i = block.size() - 1; i >= 0; i--) {
            if (matching.meets(block, i, target, rule) && isAllowed(block, i, code)) {
                return Optional.of(block.numbers.get(i));
            }
        }
        return Optional.empty();
    }

    private boolean isAllowed(VersionBlock block, int ordinal, String code) {
        SemVer pin = request.pins().get(code);
        return (block.markBits(ordinal) & refusedMarks) == 0
                && (pin == null || pin.equals(block.numbers.get(ordinal)))
                && request.exclusions().stream()
                        .noneMatch(exclusion -> matching.meets(block, ordinal, exclusion, PrereleaseRule.INCLUDE));
    }
}
