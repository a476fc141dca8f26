package dev.apg.server.tenancy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a tenant's event log.
 *
 * @param epoch changes when the database was restored or failed over with loss; from 1
 * @param seq the last event that is included; 0 before the first one
 */
public record Cursor(long epoch, long seq) implements Comparable<Cursor> {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})");

    /** Reads the form {@code epoch.seq}; empty if the text is anything else. */
    public static Optional<Cursor> parse(String text) {
        var match = TEXT.matcher(text);
        return match.matches()
                ? Optional.of(new Cursor(Long.parseLong(match.group(1)), Long.parseLong(match.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Cursor other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(seq, other.seq);
    }

    @Override
    public String toString() {
        return epoch + "." + seq;
    }
}
