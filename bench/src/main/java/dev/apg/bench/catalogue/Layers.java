package dev.apg.bench.catalogue;

/**
 * Where each capability stands. What stands higher needs what stands lower: few foundations (databases, brokers), a
 * platform on them, domain services on that, applications on top.
 */
final class Layers {
    /** Where each layer starts, in percent of all capabilities. */
    private static final int[] STARTS = {0, 5, 20, 60, 100};

    /** How many things a capability of the layer needs, at least and at most. */
    private static final int[][] NEEDS = {{0, 1}, {1, 3}, {2, 5}, {3, 8}};

    private static final int TOP = NEEDS.length - 1;

    private final int capabilities;

    Layers(int capabilities) {
        this.capabilities = capabilities;
    }

    int of(int index) {
        int layer = 0;
        while (layer < TOP && index >= start(layer + 1)) {
            layer++;
        }
        return layer;
    }

    /** The index of a layer's first capability. */
    int start(int layer) {
        return (int) ((long) capabilities * STARTS[layer] / 100);
    }

    /** The index of the first application. */
    int firstApplication() {
        return start(TOP);
    }

    int needs(int layer, Dice dice) {
        int[] bounds = NEEDS[layer];
        return bounds[0] + dice.below(bounds[1] - bounds[0] + 1);
    }

    /** Something in a lower layer, mostly the next one, mostly something popular; the layer itself must not be 0. */
    int pickBelow(int layer, Dice dice) {
        int chosen = dice.percent(65) ? layer - 1 : dice.below(layer);
        int start = start(chosen);
        return start + dice.popularBelow(Math.max(1, start(chosen + 1) - start));
    }
}
