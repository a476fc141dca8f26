package dev.apg.server.web;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.WireJson;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Turns documents into records, and says in words what does not fit. */
@Component
public class DocumentReader {
    /** Values that do not fit, of one document; each is another reading of it. */
    private static final int MOST_MISFITS = 50;

    /** Of all these readings: what is wrong with a large document is not told at many times the cost of reading it. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final Constraints constraints;

    DocumentReader(Constraints constraints) {
        this.constraints = constraints;
    }

    /**
     * Reads a record.
     *
     * @param bytes of the document
     * @throws Rejection 400, naming every field that could not be kept or does not fit, as far as the rest can be read
     *     without it, and what breaks a constraint in the rest; with lines if the document knows any
     */
    Object read(SourceDocument document, Type type, int bytes) {
        if (!document.tellsAllFaults()) {
            throw Rejection.malformed(document.located(document.faults()));
        }
        int most = Math.clamp(MOST_BYTES / Math.max(1, bytes), 1, MOST_MISFITS);
        var rest = new Remainder(document.root());
        List<FieldError> errors = new ArrayList<>(document.faults());
        boolean readable = true;
        for (int misfits = 0; readable && misfits < most; misfits++) {
            try {
                Object value = WireJson.MAPPER.treeToValue(rest.root(), WireJson.MAPPER.constructType(type));
                if (errors.isEmpty()) {
                    return value;
                }
                violations(value).stream()
                        .filter(error -> !rest.lacks(error.field()) && !document.isSpoilt(error.field()))
                        .forEach(errors::add);
                break;
            } catch (JacksonException failure) {
                FieldError misfit = error(document, failure);
                if (!document.isSpoilt(misfit.field())) {
                    errors.add(misfit);
                }
                readable = rest.takeOut(failure);
            }
        }
        throw Rejection.malformed(document.located(errors));
    }

    /** The constraints that a record breaks, at most a hundred, in the order of the fields; their codes are for 422. */
    public List<FieldError> violations(Object value) {
        return constraints.broken(value);
    }

    private static FieldError error(SourceDocument document, JacksonException failure) {
        String path = JsonDocuments.path(failure.getPath());
        String field = DocumentText.named(path);
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                Rejection.at(
                        field,
                        document.find(path).map(DocumentReader::shown).orElse(null),
                        known(unknown),
                        "field.unknown");
            case InvalidTypeIdException unknown -> kind(document, path, unknown);
            case MismatchedInputException mismatch ->
                Rejection.at(
                        field,
                        document.find(path).map(DocumentReader::shown).orElse(null),
                        expected(document.find(path), mismatch.getTargetType()),
                        "field.wrong_type");
            case ValueInstantiationException refused -> refused(document, path, refused);
            case DatabindException other
            when other.getCause() instanceof IllegalArgumentException argument ->
                Rejection.at(field, null, String.valueOf(argument.getMessage()), "field.invalid");
            default ->
                Rejection.at(
                        field,
                        document.find(path).map(DocumentReader::shown).orElse(null),
                        "a value that fits",
                        "field.wrong_type");
        };
    }

    /** A number in quotes is shown without them, and would look right. */
    private static String expected(Optional<JsonNode> written, @Nullable Class<?> type) {
        boolean quoted = type != String.class
                && written.filter(JsonNode::isString)
                        .filter(text -> text.asString().matches("-?[0-9]+"))
                        .isPresent();
        return Expectations.of(type) + (quoted ? ", without quotes" : "");
    }

    private static String known(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds() == null
                ? "no such field"
                : unknown.getKnownPropertyIds().stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(", ", "one of ", ""));
    }

    /** A document that comes in several kinds, told by one of its fields or by which fields there are. */
    private static FieldError kind(SourceDocument document, String path, InvalidTypeIdException unknown) {
        JsonNode node = path.isEmpty() ? document.root() : document.find(path).orElse(document.root());
        if (!node.isObject()) {
            return Rejection.at(DocumentText.named(path), shown(node), "an object", "field.wrong_type");
        }
        Class<?> base = unknown.getBaseType().getRawClass();
        JsonTypeInfo info = base.getAnnotation(JsonTypeInfo.class);
        JsonSubTypes subtypes = base.getAnnotation(JsonSubTypes.class);
        if (info == null || subtypes == null) {
            return Rejection.at(DocumentText.named(path), null, "a known kind", "field.unknown_kind");
        }
        List<JsonSubTypes.Type> kinds = List.of(subtypes.value());
        String name = info.property();
        if (name.isEmpty()) {
            String expected = kinds.stream()
                    .map(kind -> "with " + String.join(" and ", needed(kind.value())))
                    .collect(Collectors.joining(", or ", "an object ", ""));
            return Rejection.at(DocumentText.named(path), null, expected, "field.unknown_kind");
        }
        String expected = kinds.stream().map(JsonSubTypes.Type::name).collect(Collectors.joining(", ", "one of ", ""));
        String field = path.isEmpty() || path.endsWith(name) ? name : path + "." + name;
        return Rejection.at(field, unknown.getTypeId(), expected, "field.unknown_kind");
    }

    /** The fields that a kind cannot be without. */
    private static List<String> needed(Class<?> kind) {
        return Arrays.stream(kind.getRecordComponents())
                .filter(component -> component.getAccessor().isAnnotationPresent(NotNull.class))
                .map(component -> Violations.snakeCase(component.getName()))
                .toList();
    }

    /** A record's constructor refused: for a null in a list, or with a sentence of its own. */
    private static FieldError refused(SourceDocument document, String path, ValueInstantiationException failure) {
        if (failure.getCause() instanceof NullPointerException) {
            JsonNode node =
                    path.isEmpty() ? document.root() : document.find(path).orElse(document.root());
            String where =
                    firstNull(node, FieldPath.ROOT).map(at -> within(path, at)).orElse(DocumentText.named(path));
            return Rejection.at(where, "null", "a value, or nothing at all", "field.null");
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String said =
                cause instanceof IllegalArgumentException ? String.valueOf(cause.getMessage()) : "a value that fits";
        return Rejection.at(
                DocumentText.named(path),
                document.find(path).map(DocumentReader::shown).orElse(null),
                said,
                "field.invalid");
    }

    private static String within(String path, FieldPath below) {
        String rest = below.toString();
        return path.isEmpty() || rest.isEmpty() || rest.startsWith("[") ? path + rest : path + "." + rest;
    }

    private static Optional<FieldPath> firstNull(JsonNode node, FieldPath path) {
        if (node.isNull()) {
            return Optional.of(path);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                Optional<FieldPath> found = firstNull(node.get(i), path.item(i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (var property : node.properties()) {
            Optional<FieldPath> found = property.getValue().isNull()
                    ? Optional.empty()
                    : firstNull(property.getValue(), path.field(property.getKey()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static @Nullable String shown(JsonNode node) {
        if (node.isContainer()) {
            return node.isArray() ? "a list" : "an object";
        }
        return node.asString();
    }
}
