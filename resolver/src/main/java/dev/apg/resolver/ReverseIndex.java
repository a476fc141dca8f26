package dev.apg.resolver;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** From a name to the capabilities that mention it in one way, as ascending ids of names; immutable. */
final class ReverseIndex {
    private static final int[] NONE = {};

    private final PersistentArray<int[]> users;

    private ReverseIndex(PersistentArray<int[]> users) {
        this.users = users;
    }

    static ReverseIndex empty() {
        return new ReverseIndex(PersistentArray.empty());
    }

    /** The capabilities that mention the name, by ascending id of the name; not to be written to. */
    int[] of(int name) {
        int @Nullable [] list = name < 0 ? null : users.get(name);
        return list == null ? NONE : list;
    }

    Editor edit() {
        return new Editor();
    }

    /** Collects changes and makes them name by name, so that a name with many users is copied once. */
    final class Editor {
        private static final long REMOVE = 1;
        private long[] changes = new long[16];
        private int size;

        /** Replaces what one capability mentions; both lists ascending, without repeats. */
        void replace(int user, int[] before, int[] after) {
            for (int name : before) {
                if (Arrays.binarySearch(after, name) < 0) {
                    note(name, user, REMOVE);
                }
            }
            for (int name : after) {
                if (Arrays.binarySearch(before, name) < 0) {
                    note(name, user, 0);
                }
            }
        }

        private void note(int name, int user, long remove) {
            if (size == changes.length) {
                changes = Arrays.copyOf(changes, size * 2);
            }
            changes[size++] = (long) name << 33 | (long) user << 1 | remove;
        }

        ReverseIndex done() {
            Arrays.sort(changes, 0, size);
            PersistentArray.Editor<int[]> edited = users.edit();
            int from = 0;
            while (from < size) {
                int name = (int) (changes[from] >>> 33);
                int to = from;
                while (to < size && (int) (changes[to] >>> 33) == name) {
                    to++;
                }
                int[] list = merge(of(name), from, to);
                edited.set(name, list.length == 0 ? null : list);
                from = to;
            }
            return new ReverseIndex(edited.done());
        }

        private int[] merge(int[] old, int from, int to) {
            int[] merged = new int[old.length + to - from];
            int length = 0;
            int at = 0;
            for (int i = from; i < to; i++) {
                int user = (int) (changes[i] >>> 1);
                while (at < old.length && old[at] < user) {
                    merged[length++] = old[at++];
                }
                at += at < old.length && old[at] == user ? 1 : 0;
                if ((changes[i] & REMOVE) == 0) {
                    merged[length++] = user;
                }
            }
            while (at < old.length) {
                merged[length++] = old[at++];
            }
            return Arrays.copyOf(merged, length);
        }
    }
}
