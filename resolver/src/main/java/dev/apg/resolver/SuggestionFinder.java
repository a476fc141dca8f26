package dev.apg.resolver;

import dev.apg.resolver.Chosen.Pick;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Finds versions that say of themselves that they are useful beside what was chosen. */
final class SuggestionFinder {
    /** So that a very popular thing does not drown the answer in advertisement. */
    private static final int MAX_SUGGESTIONS = 100;

    private static final int NONE = -1;

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
        if (found.size() >= MAX_SUGGESTIONS) {
            return;
        }
        IntList useful = new IntList();
        for (int name : enhancers) {
            VersionBlock block = universe.block(name);
            if (block != null && chosen.ofName(name) == null && enhancement(block, present) != NONE) {
                useful.add(name);
            }
        }
        for (int name : encoding.matching().byCode(useful.toArray())) {
            if (found.size() >= MAX_SUGGESTIONS) {
                return;
            }
            VersionBlock block = Objects.requireNonNull(universe.block(name));
            CapabilityVersion version = block.read(newest(block), universe.symbols);
            Requirement requirement = version.requirements().get(enhancement(block, present));
            found.add(new Suggestion(version.exact(), requirement, chosen.exact(present)));
        }
    }

    /** The newest version that may be suggested, or {@link #NONE}. */
    private int newest(VersionBlock block) {
        int ordinal = block.size() - 1;
        while (ordinal >= 0 && !encoding.isAcceptable(block, ordinal)) {
            ordinal--;
        }
        return ordinal;
    }

    /** The first requirement of the newest version that calls it useful beside a present one, or {@link #NONE}. */
    private int enhancement(VersionBlock block, Pick present) {
        int ordinal = newest(block);
        if (ordinal == NONE) {
            return NONE;
        }
        var enhancements = new Enhancements(block.data, present);
        VersionFacts.visit(block.data, block.start(ordinal), enhancements);
        return enhancements.first;
    }

    /** Looks at what is stored: most of what enhances something is not about what is present, and need not be read. */
    private final class Enhancements implements VersionFacts.Visitor {
        private final int[] data;
        private final Pick present;
        private int first = NONE;

        private Enhancements(int[] data, Pick present) {
            this.data = data;
            this.present = present;
        }

        @Override
        public void provision(int service, int version) {}

        @Override
        public void requirement(int index, int name, Strength strength, int targets, int count) {
            for (int i = 0; first == NONE && strength == Strength.ENHANCING && i < count; i++) {
                if (isPresent(targets + 2 * i)) {
                    first = index;
                }
            }
        }

        private boolean isPresent(int target) {
            int code = VersionFacts.code(data, target);
            VersionRange range = universe.symbols.ranges.value(VersionFacts.range(data, target));
            return encoding.matching()
                    .meetsItself(
                            present.block(),
                            present.ordinal(),
                            VersionFacts.isService(data, target),
                            code,
                            range,
                            encoding.rule());
        }

        @Override
        public void conflict(int index, int target) {}
    }
}
