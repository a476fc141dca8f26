package dev.apg.server.web;

import dev.apg.contract.WireJson;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** What every document must satisfy before anybody looks at its meaning. */
final class DocumentText {
    static final String CODE = "document.malformed";

    private DocumentText() {}

    /** Strict UTF-8; Jackson would guess UTF-16 and let some invalid sequences pass. */
    static CharBuffer decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException invalid) {
            throw Rejection.malformed(CODE, "body", null, "valid UTF-8");
        }
    }

    /** Refuses what could be read but not stored: NUL, halves of surrogate pairs, numbers that take too many digits. */
    static void vet(JsonNode node, FieldPath path) {
        if (node.isObject()) {
            for (var property : node.properties()) {
                FieldPath below = path.field(property.getKey());
                vetText(property.getKey(), below);
                vet(property.getValue(), below);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                vet(node.get(i), path.item(i));
            }
        } else if (node.isString()) {
            vetText(node.stringValue(), path);
        } else if (node.isNumber()) {
            vetNumber(node, path);
        }
    }

    static void vetNumber(JsonNode number, FieldPath path) {
        if (number.isBigInteger() || number.isFloatingPointNumber() && isTooLong(number.doubleValue())) {
            throw Rejection.malformed(
                    "number.too_large",
                    named(path.toString()),
                    number.asString(),
                    "a number of at most 64 bits, or of at most %d digits written out".formatted(WireJson.MAX_NUMBER));
        }
    }

    /** The database writes 1e300 as three hundred digits, and nobody would read them back. */
    private static boolean isTooLong(double number) {
        return !Double.isFinite(number)
                || BigDecimal.valueOf(number).toPlainString().length() > WireJson.MAX_NUMBER;
    }

    static void vetText(String text, FieldPath path) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || Character.isSurrogate(c) && !pair) {
                throw Rejection.malformed(
                        "text.malformed",
                        String.valueOf(Rejection.shortened(named(path.toString()))),
                        text,
                        "Unicode text without NUL characters and half surrogate pairs");
            }
            if (pair) {
                i++;
            }
        }
    }

    static String named(String path) {
        return path.isEmpty() ? "body" : path;
    }
}
