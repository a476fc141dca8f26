package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All versions of one capability, ascending. What a version provides, requires and conflicts with is a run of ints in
 * {@code data}, shared by successive versions that differ in nothing else; {@link VersionFacts} reads it.
 */
final class VersionBlock {
    final int name;

    /** Ascending; unmodifiable. */
    final List<SemVer> numbers;

    private final int[] starts;
    final int[] data;
    private final byte @Nullable [] marks;
    private final long @Nullable [] costs;

    private VersionBlock(
            int name,
            List<SemVer> numbers,
            int[] starts,
            int[] data,
            byte @Nullable [] marks,
            long @Nullable [] costs) {
        this.name = name;
        this.numbers = numbers;
        this.starts = starts;
        this.data = data;
        this.marks = marks;
        this.costs = costs;
    }

    /** One version before its block is complete. */
    record Packed(SemVer number, byte marks, long cost, int[] data) {
        static Packed of(SemVer number, Set<Mark> marks, long cost, int[] data, Symbols symbols) {
            byte bits = 0;
            for (Mark mark : marks) {
                bits |= (byte) (1 << mark.ordinal());
            }
            return new Packed(symbols.shared(number), bits, cost, data);
        }
    }

    static VersionBlock of(int name, String code, List<Packed> versions) {
        Packed[] sorted = versions.toArray(Packed[]::new);
        Arrays.sort(sorted, (a, b) -> a.number.compareTo(b.number));
        int[] starts = new int[sorted.length];
        int length = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i > 0 && sorted[i].number.equals(sorted[i - 1].number)) {
                throw new IllegalArgumentException("version " + sorted[i].number + " of " + code + ": given twice");
            }
            boolean same = i > 0 && Arrays.equals(sorted[i].data, sorted[i - 1].data);
            starts[i] = same ? starts[i - 1] : length;
            length += same ? 0 : sorted[i].data.length;
        }
        int[] data = new int[length];
        boolean marked = false;
        boolean costly = false;
        SemVer[] numbers = new SemVer[sorted.length];
        byte[] marks = new byte[sorted.length];
        long[] costs = new long[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            System.arraycopy(sorted[i].data, 0, data, starts[i], sorted[i].data.length);
            numbers[i] = sorted[i].number;
            marks[i] = sorted[i].marks;
            costs[i] = sorted[i].cost;
            marked |= marks[i] != 0;
            costly |= costs[i] != 0;
        }
        return new VersionBlock(name, List.of(numbers), starts, data, marked ? marks : null, costly ? costs : null);
    }

    int size() {
        return starts.length;
    }

    /** Where the facts of a version start in {@link #data}. */
    int start(int ordinal) {
        return starts[ordinal];
    }

    /** The position of a number, or negative if there is no such version. */
    int ordinalOf(SemVer number) {
        int low = 0;
        int high = numbers.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = numbers.get(middle).compareTo(number);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Bit n is set if the version has the mark of ordinal n. */
    int markBits(int ordinal) {
        return marks == null ? 0 : marks[ordinal];
    }

    Set<Mark> marks(int ordinal) {
        Set<Mark> set = EnumSet.noneOf(Mark.class);
        for (Mark mark : Mark.values()) {
            if ((markBits(ordinal) & 1 << mark.ordinal()) != 0) {
                set.add(mark);
            }
        }
        return set;
    }

    long cost(int ordinal) {
        return costs == null ? 0 : costs[ordinal];
    }

    CapabilityVersion read(int ordinal, Symbols symbols) {
        FactReader facts = new FactReader(data, starts[ordinal], symbols);
        return new CapabilityVersion(
                symbols.names.value(name),
                numbers.get(ordinal),
                marks(ordinal),
                facts.provides,
                facts.requirements,
                facts.conflicts,
                cost(ordinal));
    }
}
