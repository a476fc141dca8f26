package dev.apg.server.capability.document;

import dev.apg.contract.WireJson;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes wire records of trees and notes every unknown field and wrong type, not only the first. A value that does not
 * fit is noted as unreadable, taken out, and the rest is read again, so that it can be checked too.
 */
public final class RecordReader {
    /** Each is another reading of the document. */
    private static final int MOST_UNREADABLE = 50;

    private RecordReader() {}

    /** The record that the tree is; without what could not be read, each with an error; empty if it is no such record. */
    public static <T> Optional<T> read(JsonNode tree, Class<T> type, Findings findings) {
        JsonNode rest = tree;
        for (int i = 0; i <= MOST_UNREADABLE; i++) {
            var unknown = new LinkedHashMap<String, String>();
            try {
                T value = WireJson.MAPPER
                        .readerFor(type)
                        .withHandler(new NoteAndSkip(unknown))
                        .readValue(rest);
                unknown.forEach((field, expected) -> findings.error(field, null, expected, "unknown_field"));
                if (value == null) {
                    findings.unreadable("", "null", "an object");
                }
                return Optional.ofNullable(value);
            } catch (JacksonException unfit) {
                if (rest == tree) {
                    rest = tree.deepCopy();
                }
                if (!takeOut(rest, unfit, findings)) {
                    unknown.forEach((field, expected) -> findings.error(field, null, expected, "unknown_field"));
                    break;
                }
            }
        }
        return Optional.empty();
    }

    /** Notes what did not fit and takes it out of the tree; false if nothing is left to read. */
    private static boolean takeOut(JsonNode tree, JacksonException unfit, Findings findings) {
        List<JacksonException.Reference> path = unfit.getPath();
        Class<?> target = switch (unfit) {
            case MismatchedInputException mismatch -> mismatch.getTargetType();
            // A whole number that is too large for the record's.
            case InputCoercionException tooLarge -> tooLarge.getTargetType();
            default -> null;
        };
        if (target == null) {
            // A record refused to be made: they copy their lists, which refuse null elements.
            return fillNulls(at(tree, path, path.size()), path(path), findings);
        }
        JsonNode node = at(tree, path, path.size());
        Object value = unfit instanceof InvalidFormatException format ? format.getValue() : scalar(node);
        findings.unreadable(path(path), value, target == String.class ? text(path, node) : expected(target, node));
        if (path.isEmpty()) {
            return false;
        }
        JacksonException.Reference last = path.getLast();
        return switch (at(tree, path, path.size() - 1)) {
            case ObjectNode object -> last.getPropertyName() != null && object.remove(last.getPropertyName()) != null;
            case ArrayNode array
            when last.getIndex() >= 0 && last.getIndex() < array.size() -> {
                // Its neighbours keep their places, and with them their paths.
                if (target == String.class) {
                    array.set(last.getIndex(), "");
                } else {
                    array.set(last.getIndex(), array.objectNode());
                }
                yield !target.isEnum();
            }
            case null, default -> false;
        };
    }

    private static boolean fillNulls(@Nullable JsonNode owner, String path, Findings findings) {
        boolean found = false;
        for (var property : owner == null ? List.<Map.Entry<String, JsonNode>>of() : owner.properties()) {
            if (property.getValue() instanceof ArrayNode array) {
                boolean objects = array.valueStream().anyMatch(JsonNode::isObject);
                for (int i = 0; i < array.size(); i++) {
                    if (array.get(i).isNull()) {
                        String list = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
                        findings.unreadable("%s[%d]".formatted(list, i), null, "a value, or nothing at all");
                        if (objects) {
                            array.set(i, array.objectNode());
                        } else {
                            array.set(i, "");
                        }
                        found = true;
                    }
                }
            }
        }
        if (!found) {
            findings.unreadable(path, null, "what docs/formats.md describes");
        }
        return found;
    }

    private static @Nullable JsonNode at(JsonNode tree, List<JacksonException.Reference> path, int steps) {
        JsonNode node = tree;
        for (int i = 0; i < steps && node != null; i++) {
            JacksonException.Reference step = path.get(i);
            node = step.getPropertyName() == null ? node.get(step.getIndex()) : node.get(step.getPropertyName());
        }
        return node;
    }

    private static @Nullable Object scalar(@Nullable JsonNode node) {
        return node == null || node.isContainer() || node.isNull() ? null : node.asString();
    }

    private static String path(List<JacksonException.Reference> steps) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : steps) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    /** YAML makes numbers and truth values of what has no quotes, and nobody sees that in the file. */
    private static String text(List<JacksonException.Reference> path, @Nullable JsonNode node) {
        if (node == null || !(node.isNumber() || node.isBoolean())) {
            return "text";
        }
        boolean version = !path.isEmpty() && "version".equals(path.getLast().getPropertyName());
        return version
                ? "text in quotes, with the three numbers of SemVer" + threeNumbers(node)
                : "text in quotes: \"%s\"".formatted(node.asString());
    }

    /** Of a decimal nobody knows any more how it was written: {@code 1.10} is the number 1.1. */
    private static String threeNumbers(JsonNode written) {
        boolean whole = written.isIntegralNumber() && written.asString().matches("[0-9]{1,9}");
        return whole ? ": \"%s.0.0\"".formatted(written.asString()) : ", such as \"1.0.0\"";
    }

    private static String expected(Class<?> type, @Nullable JsonNode written) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == String.class) {
            return "text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            if (written != null && written.isIntegralNumber() && !written.canConvertToInt()) {
                return "a whole number of at most %d".formatted(Integer.MAX_VALUE);
            }
            return written != null && written.isString() && written.asString().matches("-?[0-9]+")
                    ? "a whole number, without quotes"
                    : "a whole number";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return Map.class.isAssignableFrom(type) ? "a mapping" : "an object";
    }

    /** Notes fields that the record does not have, and goes on behind them. */
    private static final class NoteAndSkip extends DeserializationProblemHandler {
        private final Map<String, String> unknown;

        NoteAndSkip(Map<String, String> unknown) {
            this.unknown = unknown;
        }

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                ValueDeserializer<?> deserializer,
                Object owner,
                String name) {
            Collection<Object> known = deserializer == null ? null : deserializer.getKnownPropertyNames();
            unknown.put(
                    dotted(parser, name),
                    known == null
                            ? "no such field"
                            : known.stream().map(Object::toString).collect(Collectors.joining(", ", "one of ", "")));
            parser.skipChildren();
            return true;
        }

        /**
         * {@code /requirements/2/range} as {@code requirements[2].range}. Where the value is a list, the parser is in it or
         * behind it, and where it is read again, a place without a name stands in between; so the name has the last word.
         */
        private static String dotted(JsonParser parser, String name) {
            var path = new ArrayDeque<String>();
            for (var at = parser.streamReadContext().pathAsPointer(); at != null && !at.matches(); at = at.tail()) {
                if (at.mayMatchElement()) {
                    path.add("[%d]".formatted(at.getMatchingIndex()));
                } else if (!at.getMatchingProperty().isEmpty()) {
                    path.add("." + at.getMatchingProperty());
                }
            }
            String last = "." + name;
            if (!last.equals(path.peekLast())) {
                path.pollLast();
                path.add(last);
            }
            return String.join("", path).substring(1);
        }
    }
}
