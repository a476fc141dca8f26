package dev.apg.resolver;

import java.util.List;

/** Turns the ints of one version, laid out as {@link VersionFacts} says, back into the records they were written from. */
final class FactReader {
    private static final Strength[] STRENGTHS = Strength.values();

    private final int[] data;
    private final Symbols symbols;
    private int at;

    final List<Provision> provides;
    final List<Requirement> requirements;
    final List<Target> conflicts;

    FactReader(int[] data, int start, Symbols symbols) {
        this.data = data;
        this.symbols = symbols;
        this.at = start;
        this.provides = provisions();
        this.requirements = requirements();
        this.conflicts = targets();
    }

    private List<Provision> provisions() {
        Provision[] read = new Provision[data[at++]];
        for (int i = 0; i < read.length; i++) {
            read[i] = new Provision(symbols.names.value(data[at++]), symbols.numbers.value(data[at++]));
        }
        return List.of(read);
    }

    private List<Requirement> requirements() {
        Requirement[] read = new Requirement[data[at++]];
        for (int i = 0; i < read.length; i++) {
            String name = symbols.names.value(data[at++]);
            Strength strength = STRENGTHS[data[at++]];
            read[i] = new Requirement(name, strength, targets());
        }
        return List.of(read);
    }

    private List<Target> targets() {
        int count = data[at++];
        if (count == 1) {
            return List.of(target());
        }
        Target[] read = new Target[count];
        for (int i = 0; i < read.length; i++) {
            read[i] = target();
        }
        return List.of(read);
    }

    private Target target() {
        Target target = VersionFacts.readTarget(data, at, symbols);
        at += 2;
        return target;
    }
}
