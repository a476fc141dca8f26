package dev.apg.resolver;

import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.engine.Interruption;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds versions that say of themselves that they are useful beside what was chosen. */
final class SuggestionFinder {
    /** So that a very popular thing does not drown the answer in advertisement. */
    private static final int MAX_SUGGESTIONS = 100;

    /** Capabilities that are looked at; what is of use beside more of them is of use beside anything. */
    private static final int MOST_LOOKED_AT = 10_000;

    private static final int NONE = -1;

    private final Universe universe;
    private final Encoding encoding;
    private final Chosen chosen;

    /** What was looked at, by the id of its code. */
    private final IntMap lookedAt = new IntMap();

    private int looks;

    /** By code, the first that say that they are useful, with all that they are useful beside. */
    private final TreeMap<String, List<Suggestion>> useful = new TreeMap<>();

    /** The chosen versions that meet a target: most of what is useful beside a thing says so in the same words. */
    private final Map<Mention, List<ExactVersion>> present = new HashMap<>();

    private record Mention(boolean service, int code, int range) {}

    SuggestionFinder(Universe universe, Encoding encoding, Chosen chosen) {
        this.universe = universe;
        this.encoding = encoding;
        this.chosen = chosen;
    }

    /** @param inCodeOrder positions of the chosen versions */
    List<Suggestion> all(int[] inCodeOrder) {
        for (int position : inCodeOrder) {
            look(universe.mentions
                    .enhancers(Target.Kind.CAPABILITY)
                    .of(chosen.pick(position).block().name));
            for (Provision provision : chosen.version(position).provides()) {
                int service = universe.symbols.names.known(provision.service());
                look(universe.mentions.enhancers(Target.Kind.SERVICE).of(service));
            }
        }
        List<Suggestion> found = new ArrayList<>();
        for (int i = 0; found.size() < MAX_SUGGESTIONS && takeEach(i, found); i++) {}
        found.sort(Comparator.comparing((Suggestion each) -> each.version().code())
                .thenComparing(each -> each.present().code()));
        return found;
    }

    /** Adds for each version what it says as number {@code i}; whether there was any. */
    private boolean takeEach(int i, List<Suggestion> found) {
        int before = found.size();
        for (List<Suggestion> suggestions : useful.values()) {
            if (i < suggestions.size() && found.size() < MAX_SUGGESTIONS) {
                found.add(suggestions.get(i));
            }
        }
        return found.size() > before;
    }

    private void look(int[] enhancers) {
        if (enhancers.length > MOST_LOOKED_AT - looks) {
            return;
        }
        looks += enhancers.length;
        for (int name : enhancers) {
            if (lookedAt.get(name) == NONE && chosen.ofName(name) == null) {
                lookedAt.put(name, 1);
                Interruption.check();
                look(name);
            }
        }
    }

    private void look(int name) {
        String code = universe.symbols.names.value(name);
        VersionBlock block = universe.block(name);
        boolean full = useful.size() == MAX_SUGGESTIONS;
        if (block == null || (full && code.compareTo(useful.lastKey()) > 0)) {
            return;
        }
        int ordinal = newest(block);
        if (ordinal == NONE) {
            return;
        }
        var enhancements = new Enhancements(block.data);
        VersionFacts.visit(block.data, block.start(ordinal), enhancements);
        if (enhancements.requirements.isEmpty()) {
            return;
        }
        if (full) {
            useful.pollLastEntry();
        }
        CapabilityVersion version = block.read(ordinal, universe.symbols);
        List<Suggestion> suggestions = new ArrayList<>();
        enhancements.requirements.forEach((beside, enhancing) -> suggestions.add(
                new Suggestion(version.exact(), version.requirements().get(enhancing.index()), beside)));
        useful.put(code, suggestions);
    }

    /** The newest version that may be suggested, or {@link #NONE}. */
    private int newest(VersionBlock block) {
        int ordinal = block.size() - 1;
        while (ordinal >= 0 && !encoding.isAcceptable(block, ordinal)) {
            ordinal--;
        }
        return ordinal;
    }

    private List<ExactVersion> meeting(Mention mention) {
        String code = universe.symbols.names.value(mention.code);
        VersionRange range = universe.symbols.ranges.value(mention.range);
        Target.Kind kind = mention.service ? Target.Kind.SERVICE : Target.Kind.CAPABILITY;
        return chosen.present(new Target(kind, code, range)).stream()
                .filter(pick -> encoding.matching()
                        .meetsItself(
                                pick.block(), pick.ordinal(), mention.service, mention.code, range, encoding.rule()))
                .map(chosen::exact)
                .toList();
    }

    /** Looks at what is stored: most of what enhances something is not about what is present, and need not be read. */
    private final class Enhancements implements VersionFacts.Visitor {
        private final int[] data;

        /** By what is present, the requirement that calls the version useful beside it; of several the first by name. */
        private final SortedMap<ExactVersion, Enhancing> requirements =
                new TreeMap<>(Comparator.comparing(ExactVersion::code));

        private record Enhancing(String name, int index) {
            private static Enhancing first(Enhancing one, Enhancing other) {
                return one.name.compareTo(other.name) <= 0 ? one : other;
            }
        }

        private Enhancements(int[] data) {
            this.data = data;
        }

        @Override
        public void provision(int service, int version) {}

        @Override
        public void requirement(int index, int name, Strength strength, int targets, int count) {
            if (strength != Strength.ENHANCING) {
                return;
            }
            var enhancing = new Enhancing(universe.symbols.names.value(name), index);
            for (int i = 0; i < count; i++) {
                int target = targets + 2 * i;
                var mention = new Mention(
                        VersionFacts.isService(data, target),
                        VersionFacts.code(data, target),
                        VersionFacts.range(data, target));
                for (ExactVersion version : present.computeIfAbsent(mention, SuggestionFinder.this::meeting)) {
                    requirements.merge(version, enhancing, Enhancing::first);
                }
            }
        }

        @Override
        public void conflict(int index, int target) {}
    }
}
