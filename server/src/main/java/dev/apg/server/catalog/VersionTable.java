package dev.apg.server.catalog;

import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.version.SemVer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one capability, ascending by number, purged ones included. A million versions lie in memory, so they
 * are kept in arrays, about 45 bytes each; entries are made when somebody looks.
 */
final class VersionTable extends AbstractList<VersionEntry> implements RandomAccess {
    static final int DIGEST_BYTES = 32;

    private static final VersionState[] STATES = VersionState.values();
    private static final String DIGEST_PREFIX = "sha256:";

    private final SemVer[] numbers;
    private final byte[] states;
    private final long[] publishedAt;
    private final byte[] digests;

    /** By position; few versions have one. */
    private final Map<Integer, String> stateReasons;

    VersionTable(
            SemVer[] numbers, byte[] states, long[] publishedAt, byte[] digests, Map<Integer, String> stateReasons) {
        this.stateReasons = Map.copyOf(stateReasons);
        this.numbers = numbers;
        this.states = states;
        this.publishedAt = publishedAt;
        this.digests = digests;
    }

    static VersionTable of(List<VersionEntry> entries) {
        List<VersionEntry> ascending = entries.stream()
                .sorted(Comparator.comparing(VersionEntry::number))
                .toList();
        int size = ascending.size();
        var numbers = new SemVer[size];
        var states = new byte[size];
        var publishedAt = new long[size];
        var digests = new byte[size * DIGEST_BYTES];
        Map<Integer, String> stateReasons = new HashMap<>();
        for (int i = 0; i < size; i++) {
            VersionEntry entry = ascending.get(i);
            numbers[i] = entry.number();
            states[i] = (byte) entry.state().ordinal();
            publishedAt[i] = Micros.of(entry.publishedAt());
            byte[] digest = HexFormat.of().parseHex(entry.digest().substring(DIGEST_PREFIX.length()));
            System.arraycopy(digest, 0, digests, i * DIGEST_BYTES, DIGEST_BYTES);
            if (entry.stateReason() != null) {
                stateReasons.put(i, entry.stateReason());
            }
        }
        return new VersionTable(numbers, states, publishedAt, digests, stateReasons);
    }

    @Override
    public VersionEntry get(int index) {
        return new VersionEntry(
                numbers[index],
                state(index),
                Micros.instant(publishedAt[index]),
                DIGEST_PREFIX + HexFormat.of().formatHex(digests, index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES),
                stateReasons.get(index));
    }

    @Override
    public int size() {
        return numbers.length;
    }

    SemVer number(int index) {
        return numbers[index];
    }

    VersionState state(int index) {
        return STATES[states[index]];
    }

    @Nullable
    String stateReason(int index) {
        return stateReasons.get(index);
    }

    long publishedAtMicros(int index) {
        return publishedAt[index];
    }

    void copyDigest(int index, byte[] target) {
        System.arraycopy(digests, index * DIGEST_BYTES, target, 0, DIGEST_BYTES);
    }

    /** The position of a number, or a negative number if there is no such version. */
    int find(SemVer number) {
        return Arrays.binarySearch(numbers, number);
    }

    /** Uses the caller's objects for equal numbers, so that one object serves all who hold it. */
    void share(List<SemVer> ascending) {
        int other = 0;
        for (int i = 0; i < numbers.length; i++) {
            while (other < ascending.size() && ascending.get(other).compareTo(numbers[i]) < 0) {
                other++;
            }
            if (other < ascending.size() && ascending.get(other).equals(numbers[i])) {
                numbers[i] = ascending.get(other);
            }
        }
    }
}
