package dev.apg.server.capability.document;

import dev.apg.contract.WireJson;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Makes wire records of trees and notes every unknown field and wrong type, not only the first. */
public final class RecordReader {
    private static final String FINDINGS = "apg.findings";
    private static final String TREE = "apg.tree";

    private RecordReader() {}

    /** The record that the tree is; what could be read of it, with every error noted, if something is wrong. */
    public static <T> Optional<T> read(JsonNode tree, Class<T> type, Findings findings) {
        try {
            T value = WireJson.MAPPER
                    .readerFor(type)
                    .withHandler(new NoteAndGoOn())
                    .withAttribute(FINDINGS, findings)
                    .withAttribute(TREE, tree)
                    .readValue(tree);
            return Optional.ofNullable(value);
        } catch (DatabindException unfit) {
            Object value = unfit instanceof InvalidFormatException format ? format.getValue() : null;
            String expected = unfit instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                    ? NoteAndGoOn.expected(mismatch.getTargetType())
                    : "what docs/formats.md describes";
            findings.error(path(unfit), value, expected, "wrong_type");
            return Optional.empty();
        }
    }

    private static String path(DatabindException exception) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : exception.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String field(JsonParser parser) {
        return dotted(parser.streamReadContext().pathAsPointer());
    }

    /** {@code /requirements/2/range} as {@code requirements[2].range}. */
    private static String dotted(JsonPointer pointer) {
        var path = new StringBuilder();
        for (JsonPointer at = pointer; at != null && !at.matches(); at = at.tail()) {
            if (at.mayMatchElement()) {
                path.append('[').append(at.getMatchingIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(at.getMatchingProperty());
            }
        }
        return path.toString();
    }

    /** Notes what does not fit, and leaves it out. */
    private static final class NoteAndGoOn extends DeserializationProblemHandler {
        private static Findings findings(DeserializationContext context) {
            return (Findings) context.getAttribute(FINDINGS);
        }

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                ValueDeserializer<?> deserializer,
                Object owner,
                String name) {
            Collection<Object> known = deserializer == null ? null : deserializer.getKnownPropertyNames();
            String expected = known == null
                    ? "no such field"
                    : "one of " + known.stream().map(Object::toString).collect(Collectors.joining(", "));
            findings(context).error(field(parser), null, expected, "unknown_field");
            parser.skipChildren();
            return true;
        }

        @Override
        public @Nullable Object handleWeirdStringValue(
                DeserializationContext context, Class<?> type, String value, String message) {
            findings(context).error(field(context.getParser()), value, expected(type), "wrong_type");
            return null;
        }

        @Override
        public @Nullable Object handleWeirdNumberValue(
                DeserializationContext context, Class<?> type, Number value, String message) {
            findings(context).error(field(context.getParser()), value, expected(type), "wrong_type");
            return null;
        }

        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, String message) {
            Object value = token.isScalarValue() ? parser.getString() : null;
            findings(context).error(field(parser), value, expected(type.getRawClass()), "wrong_type");
            parser.skipChildren();
            return null;
        }

        @Override
        public @Nullable Object handleInstantiationProblem(
                DeserializationContext context, Class<?> type, Object argument, Throwable problem) {
            // The records copy their lists, which refuses null elements.
            JsonPointer at = context.getParser().streamReadContext().pathAsPointer();
            JsonNode owner = ((JsonNode) context.getAttribute(TREE)).at(at);
            findings(context).error(nullElement(dotted(at), owner), null, "a value, or nothing at all", "wrong_type");
            return null;
        }

        private static String nullElement(String path, JsonNode owner) {
            for (var property : owner.properties()) {
                for (int i = 0; i < property.getValue().size(); i++) {
                    if (property.getValue().isArray()
                            && property.getValue().get(i).isNull()) {
                        return "%s%s[%d]".formatted(path.isEmpty() ? "" : path + ".", property.getKey(), i);
                    }
                }
            }
            return path;
        }

        private static String expected(Class<?> type) {
            if (type.isEnum()) {
                return "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.toString().toLowerCase(java.util.Locale.ROOT))
                                .collect(Collectors.joining(", "));
            }
            if (type == String.class) {
                return "text";
            }
            if (type == boolean.class || type == Boolean.class) {
                return "true or false";
            }
            if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
                return "a whole number";
            }
            if (Collection.class.isAssignableFrom(type)) {
                return "a list";
            }
            return Map.class.isAssignableFrom(type) ? "a mapping" : "an object";
        }
    }
}
