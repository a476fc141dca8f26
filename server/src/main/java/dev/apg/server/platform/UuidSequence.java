package dev.apg.server.platform;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * UUIDs of version 7 (RFC 9562) that only ever grow: 48 bits of milliseconds, 12 bits that count within a millisecond
 * (section 6.2, method 1), 62 random bits.
 *
 * <p>When a millisecond's 4,096 are used up, or the clock is set back, the sequence runs ahead of the clock and waits
 * for nobody. Safe for use by many threads.
 */
final class UuidSequence {
    private static final int COUNTER_BITS = 12;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final LongSupplier clock;
    private final RandomGenerator random;

    /** Milliseconds and counter of the latest id, in one number, so that one atomic step takes both. */
    private final AtomicLong latest = new AtomicLong();

    /** @param clock milliseconds since 1970 */
    UuidSequence(LongSupplier clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id: greater than all before, both to Java and to PostgreSQL. */
    UUID next() {
        long now = clock.getAsLong() << COUNTER_BITS;
        long tick = latest.updateAndGet(before -> Math.max(before + 1, now));
        long milliseconds = tick >>> COUNTER_BITS;
        long counter = tick & ((1L << COUNTER_BITS) - 1);
        return new UUID((milliseconds << 16) | VERSION | counter, VARIANT | (random.nextLong() >>> 2));
    }
}
