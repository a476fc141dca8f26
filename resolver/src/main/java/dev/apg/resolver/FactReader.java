package dev.apg.resolver;

import java.util.ArrayList;
import java.util.List;

/** Turns the ints of one version back into the records they were written from. */
final class FactReader implements VersionFacts.Visitor {
    private final int[] data;
    private final Symbols symbols;
    final List<Provision> provides = new ArrayList<>();
    final List<Requirement> requirements = new ArrayList<>();
    final List<Target> conflicts = new ArrayList<>();

    FactReader(int[] data, int start, Symbols symbols) {
        this.data = data;
        this.symbols = symbols;
        VersionFacts.visit(data, start, this);
    }

    @Override
    public void provision(int service, int version) {
        provides.add(new Provision(symbols.names.value(service), symbols.numbers.value(version)));
    }

    @Override
    public void requirement(int index, int name, Strength strength, int targets, int count) {
        List<Target> anyOf = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            anyOf.add(VersionFacts.readTarget(data, targets + 2 * i, symbols));
        }
        requirements.add(new Requirement(symbols.names.value(name), strength, anyOf));
    }

    @Override
    public void conflict(int index, int target) {
        conflicts.add(VersionFacts.readTarget(data, target, symbols));
    }
}
