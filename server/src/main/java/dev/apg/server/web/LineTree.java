package dev.apg.server.web;

import dev.apg.contract.WireJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines on which the values of a document stand, from 1. Shaped like the document, without its content.
 *
 * @param fields of an object, if their lines are known
 * @param items of a list, if their lines are known
 */
record LineTree(int line, Map<String, LineTree> fields, List<LineTree> items) {
    static LineTree of(int line) {
        return new LineTree(line, Map.of(), List.of());
    }

    /** The line of a field such as {@code requirements[2].range}; of what encloses it, if the field is not there. */
    int lineOf(String path) {
        LineTree at = this;
        int from = 0;
        while (from < path.length()) {
            int end = path.charAt(from) == '[' ? path.indexOf(']', from) + 1 : endOfName(at, path, from);
            @Nullable LineTree below = end > from ? at.below(path.substring(from, end)) : null;
            if (below == null) {
                return at.line;
            }
            at = below;
            from = end < path.length() && path.charAt(end) == '.' ? end + 1 : end;
        }
        return at.line;
    }

    /** Whether a field is in the document, or could be: what it is in is there. */
    boolean begins(String path) {
        int end = path.startsWith("[") ? path.indexOf(']') + 1 : endOfName(this, path, 0);
        return end > 0 && below(path.substring(0, end)) != null;
    }

    private @Nullable LineTree below(String step) {
        if (!step.startsWith("[")) {
            return fields.get(step);
        }
        String digits = step.substring(1, step.length() - 1);
        int index = digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : items.size();
        return index < items.size() ? items.get(index) : null;
    }

    /** Names may contain dots and brackets themselves: the shortest one that there is; -1 if there is none. */
    private static int endOfName(LineTree at, String path, int from) {
        int longest = Math.min(path.length(), from + WireJson.MAX_NAME);
        for (int end = from + 1; end <= longest; end++) {
            boolean isEnd = end == path.length() || path.charAt(end) == '.' || path.charAt(end) == '[';
            if (isEnd && at.fields.containsKey(path.substring(from, end))) {
                return end;
            }
        }
        return -1;
    }
}
