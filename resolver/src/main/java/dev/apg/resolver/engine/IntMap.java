package dev.apg.resolver.engine;

import java.util.Arrays;

/** From ints that are not negative to such ints, by open addressing. */
public final class IntMap {
    private int[] keys = new int[64];
    private int[] values = new int[64];
    private int size;

    public IntMap() {
        Arrays.fill(keys, -1);
    }

    /** The value, or -1. */
    public int get(int key) {
        int slot = slot(key);
        return keys[slot] == key ? values[slot] : -1;
    }

    public void put(int key, int value) {
        int slot = slot(key);
        if (keys[slot] != key) {
            if (++size * 2 > keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
        }
        values[slot] = value;
    }

    private int slot(int key) {
        int mask = keys.length - 1;
        int slot = (key * 0x9E3779B9 >>> 7) & mask;
        while (keys[slot] != key && keys[slot] != -1) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldValues = values;
        keys = new int[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        Arrays.fill(keys, -1);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] >= 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
