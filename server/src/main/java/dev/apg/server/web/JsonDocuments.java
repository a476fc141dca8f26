package dev.apg.server.web;

import dev.apg.contract.WireJson;
import java.nio.CharBuffer;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/** Reads JSON strictly: UTF-8, no duplicate keys, nothing behind the document, bounded depth, texts and numbers. */
public final class JsonDocuments {
    private JsonDocuments() {}

    /** @throws Rejection 400, naming the field where reading stopped, and what was expected there */
    public static SourceDocument read(byte[] bytes) {
        return read(bytes, 1);
    }

    /**
     * Reads one line of JSON Lines.
     *
     * @param line its number, from 1
     */
    public static SourceDocument read(byte[] bytes, int line) {
        CharBuffer text = DocumentText.decode(bytes);
        JsonNode root;
        try {
            root = WireJson.MAPPER.readTree(new String(text.array(), text.arrayOffset(), text.remaining()));
        } catch (JacksonException failure) {
            throw rejection(failure);
        }
        if (root == null || root.isMissingNode()) {
            throw Rejection.malformed("body.missing", "body", null, "a document");
        }
        DocumentText.vet(root, FieldPath.ROOT);
        return SourceDocument.ofOneLine(root, line);
    }

    private static Rejection rejection(JacksonException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        String field = DocumentText.named(path(failure.getPath()));
        if (failure instanceof StreamConstraintsException) {
            return Rejection.malformed("document.too_large", field, null, bound(message));
        }
        if (message.startsWith("Duplicate")) {
            String key = message.replaceAll("(?s)^[^\"]*\"(.*)\".*$", "$1");
            return Rejection.malformed("field.duplicate", field.equals("body") ? key : field, key, "each key once");
        }
        var location = failure.getLocation();
        String where = location == null || location.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
        // The parser names its own classes and features; people need only what it found.
        String found = message.startsWith("Trailing token")
                ? "more behind the document"
                : message.replaceAll("\\([^()]*(?:Feature|Source|Token)[^()]*\\)", "")
                        .strip();
        return Rejection.malformed(DocumentText.CODE, field, found, "valid JSON" + where);
    }

    private static String bound(String message) {
        if (message.contains("nesting depth")) {
            return "at most %d levels".formatted(WireJson.MAX_DEPTH);
        }
        if (message.contains("Number")) {
            return "numbers of at most %d digits".formatted(WireJson.MAX_NUMBER);
        }
        return message.contains("ame length")
                ? "names of at most %d characters".formatted(WireJson.MAX_NAME)
                : "texts of at most %d characters".formatted(WireJson.MAX_TEXT);
    }

    /** A dotted path such as {@code requirements[2].range}; empty at the root. */
    static String path(List<JacksonException.Reference> references) {
        return references.stream()
                .map(step -> step.getPropertyName() == null
                        ? "[" + Math.max(0, step.getIndex()) + "]"
                        : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
