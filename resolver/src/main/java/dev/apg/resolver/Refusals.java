package dev.apg.resolver;

import dev.apg.resolver.FactTags.Kind;
import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.engine.Solver;
import dev.apg.resolver.version.SemVer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Versions that the request refuses, whatever else is chosen: by a pin, an exclusion, or a mark that its policy does not accept. */
final class Refusals {
    private final Symbols symbols;
    private final Request request;
    private final Solver solver;
    private final FactTags tags;
    private final Exclusions exclusions;
    private final int refusedMarks;

    /** By position of an exclusion, its tag once it is used. */
    private final IntMap exclusionTags = new IntMap();

    /** By variable. */
    private final IntMap ruledOutTags = new IntMap();

    Refusals(Universe universe, Request request, Matching matching, Solver solver, FactTags tags) {
        this.symbols = universe.symbols;
        this.request = request;
        this.solver = solver;
        this.tags = tags;
        this.exclusions = new Exclusions(universe, request, matching);
        this.refusedMarks = request.policy().refusedMarks();
    }

    /** Rules out what is refused of a capability whose variables were just made. */
    void ruleOut(VersionBlock block, int first) {
        SemVer pin = pin(block);
        int pinTag = -1;
        for (int i = 0; i < block.size(); i++) {
            int variable = first + i;
            if (pin != null && !pin.equals(block.numbers.get(i))) {
                pinTag = pinTag >= 0 ? pinTag : tags.add(Kind.PINNED, variable, 0);
                ruleOut(variable, pinTag);
                continue;
            }
            int exclusion = exclusions.first(block, i);
            int refused = block.markBits(i) & refusedMarks;
            if (exclusion != Exclusions.NONE) {
                int tag = exclusionTags.get(exclusion);
                if (tag < 0) {
                    tag = tags.add(Kind.EXCLUDED, exclusion, 0);
                    exclusionTags.put(exclusion, tag);
                }
                ruleOut(variable, tag);
            } else if (refused != 0) {
                ruleOut(variable, tags.add(Kind.NOT_ACCEPTED, variable, Integer.numberOfTrailingZeros(refused)));
            }
        }
    }

    private void ruleOut(int variable, int tag) {
        ruledOutTags.put(variable, tag);
        solver.ruleOut(variable, tag);
    }

    private @Nullable SemVer pin(VersionBlock block) {
        return request.pins().get(symbols.names.value(block.name));
    }

    /** What the fact of a tag excludes. */
    Target exclusion(int tag) {
        return exclusions.at(tags.a(tag));
    }

    /** The tag of the fact that rules a version out, or less than 0. */
    int tagOf(int variable) {
        return ruledOutTags.get(variable);
    }

    /** Whether nothing that the request says of single versions speaks against one. */
    boolean isAcceptable(VersionBlock block, int ordinal) {
        return (request.policy().prereleases() || !block.numbers.get(ordinal).isPrerelease())
                && !refuses(block, ordinal);
    }

    /** The same of a pre-release that a range names. */
    boolean refuses(VersionBlock block, int ordinal) {
        SemVer pin = pin(block);
        return (pin != null && !pin.equals(block.numbers.get(ordinal)))
                || (block.markBits(ordinal) & refusedMarks) != 0
                || exclusions.first(block, ordinal) != Exclusions.NONE;
    }

    /**
     * Whether the fact of a tag speaks against a version, be it the first to do so or not.
     *
     * @param pinned the versions that the tag is about, if it is a pin's
     */
    boolean rulesOut(int tag, @Nullable VersionBlock pinned, VersionBlock block, int ordinal, int variable) {
        return switch (tags.kind(tag)) {
            case PINNED -> pinned == block && !block.numbers.get(ordinal).equals(Objects.requireNonNull(pin(block)));
            case EXCLUDED -> exclusions.isMet(tags.a(tag), block, ordinal);
            case NOT_ACCEPTED -> tags.a(tag) == variable;
            case ASKED, WANTED, NEEDS, RESTRICTS, CONFLICTS -> false;
        };
    }
}
