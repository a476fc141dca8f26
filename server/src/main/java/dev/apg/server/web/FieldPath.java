package dev.apg.server.web;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The way to a value in a document, such as {@code requirements[2].range}. Put into words only when it is needed: the paths
 * of all values of a small document with long names can take gigabytes.
 */
public final class FieldPath {
    /** The document itself, in words the empty text. */
    public static final FieldPath ROOT = new FieldPath(null, "");

    /** Characters of a path that are shown; nobody finds a place by more of them. */
    private static final int SHOWN = 1_000;

    private final @Nullable FieldPath above;
    private final Object step;

    /** @param step a field's name, or an item's index */
    private FieldPath(@Nullable FieldPath above, Object step) {
        this.above = above;
        this.step = step;
    }

    public FieldPath field(String name) {
        return new FieldPath(this, name);
    }

    /** @param index from 0 */
    public FieldPath item(int index) {
        return new FieldPath(this, index);
    }

    /** Whether a field is another one, or is in it. */
    public static boolean isWithin(String field, String outer) {
        return field.startsWith(outer)
                && (field.length() == outer.length()
                        || field.charAt(outer.length()) == '.'
                        || field.charAt(outer.length()) == '[');
    }

    @Override
    public String toString() {
        return text(Integer.MAX_VALUE);
    }

    /** Its beginning, at most about 1,000 characters, as an answer may have it: names may be long, and of anything. */
    String shown() {
        return Rejection.legible(text(SHOWN), SHOWN);
    }

    /** Complete, or cut off somewhere behind so many characters. */
    private String text(int most) {
        Deque<Object> steps = new ArrayDeque<>();
        for (FieldPath at = this; at.above != null; at = at.above) {
            steps.push(at.step);
        }
        var text = new StringBuilder();
        for (Object each : steps) {
            if (each instanceof Integer) {
                text.append('[').append(each).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(each);
            }
            if (text.length() > most) {
                break;
            }
        }
        return text.toString();
    }
}
