package dev.apg.server.web;

import dev.apg.contract.WireJson;
import java.nio.CharBuffer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON strictly: UTF-8, no duplicate keys, nothing behind the document, bounded depth, texts and numbers. */
public final class JsonDocuments {
    /** Judges the length of numbers and keys that stand twice itself, so that reading goes on behind them. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(WireJson.MAX_DEPTH)
                    .maxStringLength(WireJson.MAX_TEXT)
                    .maxNameLength(WireJson.MAX_NAME)
                    .maxNumberLength(WireJson.MAX_TEXT)
                    .build())
            .build();

    private JsonDocuments() {}

    /** @throws Rejection 400, if the text cannot be read to its end, with what was expected where reading stopped */
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
        try (JsonParser parser = FACTORY.createParser(
                ObjectReadContext.empty(), text.array(), text.arrayOffset() + text.position(), text.remaining())) {
            if (parser.nextToken() == null) {
                throw Rejection.malformed("body.missing", "body", null, "a document");
            }
            SourceDocument document = new JsonTree(parser).document(line);
            if (parser.nextToken() != null) {
                throw malformed("body", "more behind the document", parser.currentTokenLocation());
            }
            return document;
        } catch (JacksonException failure) {
            throw rejection(failure);
        }
    }

    private static Rejection rejection(JacksonException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        String field = DocumentText.named(path(failure.getPath()));
        if (failure instanceof StreamConstraintsException) {
            return Rejection.malformed("document.too_large", field, null, bound(message));
        }
        // The parser names its own classes and features; people need only what it found.
        String found = message.replaceAll("\\([^()]*(?:Feature|Source|Token)[^()]*\\)", "")
                .strip();
        return malformed(field, found, failure.getLocation());
    }

    private static Rejection malformed(String field, String found, @Nullable TokenStreamLocation location) {
        String where = location == null || location.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
        return Rejection.malformed(DocumentText.CODE, field, found, "valid JSON" + where);
    }

    private static String bound(String message) {
        if (message.contains("nesting depth")) {
            return "at most %d levels".formatted(WireJson.MAX_DEPTH);
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
