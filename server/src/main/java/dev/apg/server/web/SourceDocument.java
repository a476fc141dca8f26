package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A document as somebody wrote it, in JSON or YAML, read but not yet understood. Its texts are valid Unicode without NUL
 * and its numbers are finite, so that everything in it can be stored.
 *
 * @param root the content
 * @param line on which it begins in its source, from 1
 * @param lines of fields by their dotted path, where the source has more than one line; empty for JSON
 */
public record SourceDocument(JsonNode root, int line, Map<String, Integer> lines) {
    public SourceDocument {
        lines = Map.copyOf(lines);
    }

    /** The line of a field such as {@code requirements[2].range}; of what encloses it, if the field is not there. */
    public int lineOf(String field) {
        for (String path = field; !path.isEmpty(); path = enclosing(path)) {
            Integer known = lines.get(path);
            if (known != null) {
                return known;
            }
        }
        return line;
    }

    /** The same error with the line of its field, if this document knows lines. */
    public FieldError located(FieldError error, @Nullable String source) {
        return new FieldError(
                source, lineOf(error.field()), error.field(), error.value(), error.expected(), error.code());
    }

    /** The value of a field, if there is one. */
    Optional<JsonNode> find(String field) {
        JsonNode node = root;
        for (String step : field.split("\\.|(?=\\[)")) {
            node = step.startsWith("[")
                    ? node.path(Integer.parseInt(step.substring(1, step.length() - 1)))
                    : node.path(step);
        }
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    private static String enclosing(String path) {
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? "" : path.substring(0, end);
    }
}
