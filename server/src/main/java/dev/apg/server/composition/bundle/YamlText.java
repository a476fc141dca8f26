package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes mappings as YAML that every reader takes the same way. Kubernetes and Compose still read {@code on}, {@code 0755}
 * and {@code 1e3} as YAML 1.1 does; so a string is written plainly only where it can be nothing else, and in double quotes
 * otherwise, with escapes for all that is not printable ASCII. In block style, because people read it.
 *
 * <p>Written here because a freeze renders hundreds of documents, and a general emitter, which has to find out what this
 * one knows, took most of its time; the tests read what it writes with such a library.
 */
final class YamlText {
    private static final Set<String> WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

    private static final int LONGEST_WORD = 5;

    /** Readers accept no longer key unless it is marked as one. */
    private static final int LONGEST_SIMPLE_KEY = 1_024;

    private static final int INDENT = 2;

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    /** One document, without a marker. */
    static byte[] document(Map<String, Object> document) {
        return documents(List.of(document));
    }

    /** Several documents in one file, each after the first behind {@code ---}. */
    static byte[] documents(List<Map<String, Object>> documents) {
        YamlText text = new YamlText();
        for (Map<String, Object> document : documents) {
            if (!text.out.isEmpty()) {
                text.out.append("---\n");
            }
            if (document.isEmpty()) {
                text.out.append("{}\n");
            } else {
                text.fields(document, 0);
            }
        }
        return text.out.toString().getBytes(UTF_8);
    }

    /** The first field goes where the text ends, the others on lines of their own. */
    private void fields(Map<?, ?> map, int indent) {
        boolean first = true;
        for (Map.Entry<?, ?> field : map.entrySet()) {
            if (!first) {
                indent(indent);
            }
            first = false;
            key((String) field.getKey(), indent);
            below(field.getValue(), indent);
        }
    }

    private void key(String key, int indent) {
        int start = out.length();
        text(key);
        if (out.length() - start > LONGEST_SIMPLE_KEY) {
            out.insert(start, "? ").append('\n');
            indent(indent);
        }
        out.append(':');
    }

    /** A value behind its key: on the same line, or if it has lines of its own, on the next. */
    private void below(Object value, int indent) {
        boolean block = (value instanceof Map<?, ?> map && !map.isEmpty())
                || (value instanceof List<?> list && !list.isEmpty());
        if (block) {
            out.append('\n');
            indent(indent + INDENT);
        } else {
            out.append(' ');
        }
        value(value, indent + INDENT);
    }

    private void value(Object value, int indent) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> fields(map, indent);
            case List<?> list when !list.isEmpty() -> items(list, indent);
            case Map<?, ?> empty -> out.append("{}\n");
            case List<?> empty -> out.append("[]\n");
            case Boolean truth -> out.append(truth.booleanValue()).append('\n');
            case Integer number -> out.append(number.intValue()).append('\n');
            case Long number -> out.append(number.longValue()).append('\n');
            case String text -> {
                text(text);
                out.append('\n');
            }
            default -> throw new IllegalArgumentException("no YAML for " + value.getClass());
        }
    }

    private void items(List<?> list, int indent) {
        boolean first = true;
        for (Object item : list) {
            if (!first) {
                indent(indent);
            }
            first = false;
            out.append("- ");
            value(item, indent + INDENT);
        }
    }

    private void indent(int columns) {
        out.repeat(' ', columns);
    }

    private void text(String text) {
        if (readsAsText(text)) {
            out.append(text);
            return;
        }
        out.append('"');
        text.codePoints().forEach(this::quoted);
        out.append('"');
    }

    private void quoted(int point) {
        switch (point) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (point >= ' ' && point <= '~') {
                    out.append((char) point);
                } else {
                    escaped(point);
                }
            }
        }
    }

    private void escaped(int point) {
        char kind = point <= 0xFF ? 'x' : point <= 0xFFFF ? 'u' : 'U';
        int digits = point <= 0xFF ? 2 : point <= 0xFFFF ? 4 : 8;
        String number = Integer.toHexString(point);
        out.append('\\').append(kind).repeat('0', digits - number.length()).append(number);
    }

    /** A letter or slash, then those, digits and {@code _ . - :}, a colon between others only; and no word of YAML 1.1. */
    private static boolean readsAsText(String text) {
        if (text.isEmpty() || !(isLetter(text.charAt(0)) || text.charAt(0) == '/')) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean joins = c == ':' && i + 1 < text.length() && text.charAt(i - 1) != ':';
            if (!joins && !isLetter(c) && !(c >= '0' && c <= '9') && "/_.-".indexOf(c) < 0) {
                return false;
            }
        }
        return text.length() > LONGEST_WORD || !WORDS.contains(text.toLowerCase(Locale.ROOT));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
