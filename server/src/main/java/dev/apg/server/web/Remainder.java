package dev.apg.server.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is left of a document when what does not fit is taken out, so that the rest can be read and told of, too. */
final class Remainder {
    private final JsonNode document;
    private final List<String> takenOut = new ArrayList<>();
    private JsonNode root;

    Remainder(JsonNode document) {
        this.document = document;
        this.root = document;
    }

    JsonNode root() {
        return root;
    }

    /** Takes out what could not be read; false if the rest would make no sense without it. */
    boolean takeOut(JacksonException failure) {
        if (root == document) {
            root = document.deepCopy();
        }
        return takeOut(failure.getPath(), failure);
    }

    private boolean takeOut(List<JacksonException.Reference> path, JacksonException failure) {
        if (path.isEmpty()) {
            return false;
        }
        List<JacksonException.Reference> above = path.subList(0, path.size() - 1);
        JacksonException.Reference last = path.getLast();
        boolean taken = switch (at(above)) {
            case ObjectNode object -> last.getPropertyName() != null && object.remove(last.getPropertyName()) != null;
            case ArrayNode list
            when last.getIndex() >= 0 && last.getIndex() < list.size() -> {
                // Its neighbours keep their places, and with them their paths. A list of what nothing can stand in for
                // goes as a whole.
                JsonNode standIn = standIn(failure);
                if (standIn == null) {
                    yield takeOut(above, failure);
                }
                list.set(last.getIndex(), standIn);
                yield true;
            }
            case null, default -> false;
        };
        if (taken) {
            takenOut.add(JsonDocuments.path(path));
        }
        return taken;
    }

    private static @Nullable JsonNode standIn(JacksonException failure) {
        Class<?> wanted =
                failure instanceof MismatchedInputException mismatch && !(failure instanceof InvalidTypeIdException)
                        ? mismatch.getTargetType()
                        : null;
        if (wanted == String.class) {
            return JsonNodeFactory.instance.stringNode("");
        }
        return wanted != null && wanted.isRecord() ? JsonNodeFactory.instance.objectNode() : null;
    }

    private @Nullable JsonNode at(List<JacksonException.Reference> path) {
        JsonNode node = root;
        for (JacksonException.Reference step : path) {
            if (node == null) {
                return null;
            }
            node = step.getPropertyName() == null ? node.get(step.getIndex()) : node.get(step.getPropertyName());
        }
        return node;
    }

    /** Whether the field, or what it is in, was taken out: what a rule says of it follows from that alone. */
    boolean lacks(String field) {
        return takenOut.stream().anyMatch(taken -> FieldPath.isWithin(field, taken));
    }
}
