package dev.apg.contract.canonical;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes one document; remembers where it is, for the message of a refusal. */
final class CanonicalWriter {
    private final StringBuilder out = new StringBuilder();

    /** The member names and indexes that lead to the current value. */
    private final Deque<String> path = new ArrayDeque<>();

    String write(JsonNode document) {
        writeValue(document);
        return out.toString();
    }

    private void writeValue(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value);
            case ARRAY -> writeArray(value);
            case STRING -> writeText(value.stringValue());
            case NUMBER -> out.append(number(value));
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO ->
                throw refuse(value.getNodeType().name().toLowerCase(Locale.ROOT), "a JSON value");
        }
    }

    private void writeObject(JsonNode object) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        // String compares UTF-16 code units, which is the order that RFC 8785 asks for.
        members.sort(Map.Entry.comparingByKey());
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonNode> member : members) {
            out.append(separator);
            enter(member.getKey());
            writeText(member.getKey());
            out.append(':');
            writeValue(member.getValue());
            path.removeLast();
            separator = ",";
        }
        out.append('}');
    }

    private void writeArray(JsonNode array) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            out.append(i == 0 ? "" : ",");
            enter(Integer.toString(i));
            writeValue(array.get(i));
            path.removeLast();
        }
        out.append(']');
    }

    private void enter(String step) {
        if (path.size() == CanonicalJson.MAX_DEPTH) {
            throw refuse("nested too deep", "at most " + CanonicalJson.MAX_DEPTH + " levels");
        }
        path.addLast(step);
    }

    private void writeText(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else if (Character.isSurrogate(c)) {
                        writePair(text, i);
                        i++;
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void writePair(String text, int at) {
        if (at + 1 == text.length() || !Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1))) {
            throw refuse("\\u%04x".formatted((int) text.charAt(at)), "both halves of a surrogate pair");
        }
        out.append(text, at, at + 2);
    }

    private String number(JsonNode value) {
        double nearest = value.doubleValue();
        if (!Double.isFinite(nearest)) {
            throw refuse(value.toString(), "a finite number of double precision");
        }
        String text = EcmaScriptNumber.text(nearest);
        if (value.isIntegralNumber()) {
            BigDecimal written = new BigDecimal(value.bigIntegerValue());
            boolean kept =
                    written.compareTo(new BigDecimal(nearest)) == 0 || written.compareTo(new BigDecimal(text)) == 0;
            if (!kept) {
                throw refuse(value.toString(), "an integer that double precision holds");
            }
        }
        return text;
    }

    private CanonicalFormException refuse(String value, String expected) {
        StringBuilder pointer = new StringBuilder();
        for (String step : path) {
            pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        return new CanonicalFormException(pointer.toString(), value, expected);
    }
}
