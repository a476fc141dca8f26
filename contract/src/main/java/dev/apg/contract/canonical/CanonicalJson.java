package dev.apg.contract.canonical;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * RFC 8785, the JSON Canonicalization Scheme: members sorted by the UTF-16 code units of their names, numbers as
 * ECMAScript prints them, no blanks, UTF-8. Two documents that mean the same have the same bytes.
 *
 * <p>Stricter than the RFC in one point: an integer that a double-precision number cannot hold is refused and not
 * rounded, since a digest must not be blind to a digit that somebody wrote.
 */
public final class CanonicalJson {
    /** Deepest accepted nesting of objects and arrays. */
    public static final int MAX_DEPTH = 500;

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CanonicalJson() {}

    /**
     * The canonical bytes of a document.
     *
     * @throws CanonicalFormException if a number is not finite or an integer too long for a double, if a text has half
     *     of a surrogate pair, if it nests deeper than {@link #MAX_DEPTH}, or if a node is no JSON value
     */
    public static byte[] bytes(JsonNode document) {
        return text(document).getBytes(StandardCharsets.UTF_8);
    }

    /** {@link #bytes(JsonNode)} before its encoding in UTF-8. */
    public static String text(JsonNode document) {
        return new CanonicalWriter().write(document);
    }

    /**
     * The canonical bytes of a document given as text.
     *
     * @throws CanonicalFormException as {@link #bytes(JsonNode)}, and if the text is not one JSON document or names a
     *     member twice
     */
    public static byte[] bytesOf(String json) {
        JsonNode document;
        try {
            document = STRICT.readTree(json);
        } catch (JacksonException notJson) {
            throw new CanonicalFormException("", notJson.getOriginalMessage(), "one JSON document, each member once");
        }
        return bytes(document);
    }
}
