package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A document as somebody wrote it, in JSON or YAML, read but not yet understood. */
public final class SourceDocument {
    /** The sorting is stable: errors without a line stay as they are, behind the others. */
    static final Comparator<FieldError> BY_LINE =
            Comparator.comparing(FieldError::line, Comparator.nullsLast(Comparator.naturalOrder()));

    private final JsonNode root;
    private final LineTree lines;
    private final boolean isOneLine;
    private final List<FieldError> faults;

    private SourceDocument(JsonNode root, LineTree lines, boolean isOneLine, List<FieldError> faults) {
        this.root = root;
        this.lines = lines;
        this.isOneLine = isOneLine;
        this.faults = faults;
    }

    static SourceDocument ofOneLine(JsonNode root, int line, List<FieldError> faults) {
        return new SourceDocument(root, LineTree.of(line), true, faults);
    }

    static SourceDocument of(JsonNode root, LineTree lines, List<FieldError> faults) {
        return new SourceDocument(root, lines, false, faults);
    }

    /**
     * What was wrong with single values, for which others of their kind were read: the document is refused for them, along
     * with all else that is wrong with it. Lines are those of the source, and there are none in one line.
     */
    public List<FieldError> faults() {
        return faults;
    }

    /** Whether {@link #faults} tells all of them. Where it does not, nothing can be said of the values that were read. */
    public boolean tellsAllFaults() {
        return Faults.areAll(faults);
    }

    /** Whether a field's value is not what its author wrote, because that could not be kept. */
    public boolean isSpoilt(String field) {
        return Faults.spoil(faults, field);
    }

    /** The content: texts are valid Unicode without NUL and numbers finite, so that all of it can be stored. */
    public JsonNode root() {
        return root;
    }

    /** On which it begins in its source, from 1. */
    public int line() {
        return lines.line();
    }

    /** Whether all of it stands on one line, as JSON Lines do, or as if it did, as in JSON that a program wrote. */
    public boolean isOneLine() {
        return isOneLine;
    }

    /** Tells lines of fields, of what encloses them where they are not there, and does not keep the content. */
    public ToIntFunction<String> lines() {
        return lines::lineOf;
    }

    /** The same error with the line of its field. */
    public FieldError located(FieldError error, @Nullable String source) {
        return new FieldError(
                source, lines.lineOf(error.field()), error.field(), error.value(), error.expected(), error.code());
    }

    /** The same errors with their lines and in the order of these, where lines mean anything to the author. */
    List<FieldError> located(List<FieldError> errors) {
        return isOneLine
                ? errors
                : errors.stream()
                        .map(error -> error.line() == null ? located(error, null) : error)
                        .sorted(BY_LINE)
                        .toList();
    }

    LineTree lineTree() {
        return lines;
    }

    /** The value of a field, if there is one; names may have brackets of their own. */
    Optional<JsonNode> find(String field) {
        JsonNode node = root;
        for (String step : field.split("\\.|(?=\\[[0-9]{1,9}\\])")) {
            node = node.isArray() && step.matches("\\[[0-9]{1,9}\\]")
                    ? node.path(Integer.parseInt(step.substring(1, step.length() - 1)))
                    : node.path(step);
        }
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }
}
