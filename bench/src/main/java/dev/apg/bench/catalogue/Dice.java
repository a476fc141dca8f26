package dev.apg.bench.catalogue;

import java.util.List;
import java.util.Random;

/**
 * Random choices for one thing (a capability's versions, a set of roots), so that each can be made without making those
 * before it. {@link Random} is the one generator whose numbers are specified for ever.
 */
final class Dice {
    private final Random random;

    /** @param salt tells apart what is thrown for the same index */
    Dice(long seed, String salt, long index) {
        long mixed = (seed * 0x9E3779B97F4A7C15L) ^ (index * 0xC2B2AE3D27D4EB4FL) ^ salt.hashCode();
        this.random = new Random(mixed);
        // Neighbouring seeds of Random start alike.
        random.nextLong();
    }

    /** From 0 inclusive to the end exclusive. */
    int below(int end) {
        return random.nextInt(end);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** From 0 inclusive to the end exclusive, low numbers far more often: few things are used by many. */
    int popularBelow(int end) {
        double uniform = random.nextDouble();
        return (int) (end * uniform * uniform * uniform);
    }
}
