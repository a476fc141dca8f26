package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;

/**
 * Ids of the names, ranges and provided versions of a universe and of all universes made from it, so that facts
 * are stored as ints. An id says nothing but identity: no answer depends on its size.
 */
final class Symbols {
    /** Codes of capabilities and services, and names of requirements. */
    final Interner<String> names;

    final Interner<VersionRange> ranges;
    final Interner<SemVer> numbers;

    Symbols() {
        this(new Interner<>(), new Interner<>(), new Interner<>());
    }

    private Symbols(Interner<String> names, Interner<VersionRange> ranges, Interner<SemVer> numbers) {
        this.names = names;
        this.ranges = ranges;
        this.numbers = numbers;
    }

    /** For a universe that is thrown away again: what it adds is forgotten with it. */
    Symbols fork() {
        return new Symbols(names.fork(), ranges.fork(), numbers.fork());
    }

    /** One object for all versions with this number; build metadata is not identity and is thus not shared. */
    SemVer shared(SemVer number) {
        return number.build().isEmpty() ? numbers.value(numbers.id(number)) : number;
    }
}
