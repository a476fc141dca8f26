package dev.apg.resolver;

import dev.apg.resolver.engine.Interruption;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
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
    private final Exclusions exclusions;

    /** By the id of a capability's code: which of its versions no pin, exclusion or mark speaks against. */
    private final Map<Integer, BitSet> allowed = new HashMap<>();

    public Alternatives(Universe universe, Request request) {
        this.universe = universe;
        this.request = request;
        this.matching = new Matching(universe);
        this.rule = request.policy().rule();
        this.refusedMarks = request.policy().refusedMarks();
        this.exclusions = new Exclusions(universe, request, matching);
    }

    /**
     * The newest version of a capability that meets the target and that no pin, exclusion or mark speaks against. Linear in
     * the versions of the capability.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public Optional<SemVer> newest(String code, Target target) {
        VersionBlock block = universe.block(universe.symbols.names.known(code));
        if (block == null) {
            return Optional.empty();
        }
        Interruption.check();
        BitSet candidates = allowed(block, code);
        for (int i = candidates.length() - 1; i >= 0; i = candidates.previousSetBit(i - 1)) {
            if (matching.meets(block, i, target, rule)) {
                return Optional.of(block.numbers.get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether a version meets the target and no pin, exclusion or mark speaks against it. */
    public boolean admits(ExactVersion version, Target target) {
        VersionBlock block = universe.block(universe.symbols.names.known(version.code()));
        int ordinal = block == null ? -1 : block.ordinalOf(version.number());
        return block != null
                && ordinal >= 0
                && allowed(block, version.code()).get(ordinal)
                && matching.meets(block, ordinal, target, rule);
    }

    private BitSet allowed(VersionBlock block, String code) {
        return allowed.computeIfAbsent(block.name, _ -> read(block, code));
    }

    private BitSet read(VersionBlock block, String code) {
        SemVer pin = request.pins().get(code);
        BitSet found = new BitSet();
        for (int i = 0; i < block.size(); i++) {
            found.set(
                    i,
                    (block.markBits(i) & refusedMarks) == 0
                            && (pin == null || pin.equals(block.numbers.get(i)))
                            && exclusions.first(block, i) == Exclusions.NONE);
        }
        return found;
    }
}
