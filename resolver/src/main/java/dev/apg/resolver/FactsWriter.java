package dev.apg.resolver;

import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;

/**
 * Writes what versions provide, require and conflict with as {@link VersionFacts} lays it out: one version after the other,
 * each from its provisions over its requirements to its conflicts. Whoever reads a million versions from a file asks for the id
 * of each name and range once, and needs neither records nor look-ups for what follows. Of one
 * {@link Universe.Builder}, and for one thread.
 */
public final class FactsWriter {
    private static final int NOWHERE = -1;

    private final Symbols symbols;
    private final IntList out = new IntList();

    /** Where the counts stand that are not complete. */
    private int requirements;

    private int targets;
    private int conflicts;

    FactsWriter(Symbols symbols) {
        this.symbols = symbols;
        begin();
    }

    private void begin() {
        out.truncate(0);
        out.add(0);
        requirements = NOWHERE;
        targets = NOWHERE;
        conflicts = NOWHERE;
    }

    /** The id of a capability's or service's code, or of a requirement's name. */
    public int name(String text) {
        return symbols.names.id(text);
    }

    /** The id of a range. */
    public int range(VersionRange range) {
        return symbols.ranges.id(range);
    }

    /** The id of the version in which a service is provided. */
    public int version(SemVer version) {
        return symbols.numbers.id(version);
    }

    /** @throws IllegalStateException after the version's first requirement or conflict */
    public void provision(int service, int version) {
        require(requirements == NOWHERE && conflicts == NOWHERE, "provision");
        count(0);
        out.add(service);
        out.add(version);
    }

    /**
     * Begins a requirement; its targets follow, at least one.
     *
     * @throws IllegalStateException after the version's first conflict, or if the requirement before has no target
     */
    public void requirement(int name, Strength strength) {
        require(conflicts == NOWHERE, "requirement");
        endRequirement();
        if (requirements == NOWHERE) {
            requirements = reserve();
        }
        count(requirements);
        out.add(name);
        out.add(strength.ordinal());
        targets = reserve();
    }

    /** @throws IllegalStateException if no requirement has begun */
    public void target(Target.Kind kind, int code, int range) {
        require(targets != NOWHERE, "target");
        count(targets);
        write(kind, code, range);
    }

    /** @throws IllegalStateException if the last requirement has no target */
    public void conflict(Target.Kind kind, int code, int range) {
        endRequirements();
        count(conflicts);
        write(kind, code, range);
    }

    /** The facts of the version; the next one begins. */
    int[] take() {
        endRequirements();
        int[] facts = out.toArray();
        begin();
        return facts;
    }

    private void write(Target.Kind kind, int code, int range) {
        out.add(code << 1 | (kind == Target.Kind.SERVICE ? 1 : 0));
        out.add(range);
    }

    private void endRequirements() {
        endRequirement();
        if (requirements == NOWHERE) {
            requirements = reserve();
        }
        if (conflicts == NOWHERE) {
            conflicts = reserve();
        }
    }

    private void endRequirement() {
        require(targets == NOWHERE || out.get(targets) > 0, "requirement without a target");
        targets = NOWHERE;
    }

    private int reserve() {
        out.add(0);
        return out.size() - 1;
    }

    private void count(int at) {
        out.set(at, out.get(at) + 1);
    }

    private static void require(boolean inOrder, String what) {
        if (!inOrder) {
            throw new IllegalStateException(
                    what + ": out of order (expected: provisions, requirements with their targets, conflicts)");
        }
    }
}
