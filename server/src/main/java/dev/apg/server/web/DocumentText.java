package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.WireJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What every document must satisfy before anybody looks at its meaning. */
final class DocumentText {
    static final String CODE = "document.malformed";

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** What is read in the place of a text that cannot be kept: its kind is right, so nothing follows from it. */
    static final JsonNode STAND_IN_TEXT = JsonNodeFactory.instance.stringNode("");

    /** The same for a number. */
    static final JsonNode STAND_IN_NUMBER = JsonNodeFactory.instance.numberNode(1);

    private DocumentText() {}

    /**
     * Strict UTF-8; Jackson would guess UTF-16 and let some invalid sequences pass. A byte order mark in front, as editors on
     * Windows write it, is no part of the text.
     */
    static CharBuffer decode(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK ? text.position(1) : text;
        } catch (CharacterCodingException invalid) {
            throw Rejection.malformed(CODE, "body", null, "valid UTF-8");
        }
    }

    /** A number without fraction and exponent, of at most {@link WireJson#MAX_NUMBER} digits. */
    static JsonNode integer(String written) {
        return written.length() < 10
                ? JsonNodeFactory.instance.numberNode(Integer.parseInt(written))
                : integer(new BigInteger(written));
    }

    static JsonNode integer(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return JsonNodeFactory.instance.numberNode(number.intValue());
        }
        return number.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(number.longValue())
                : JsonNodeFactory.instance.numberNode(number);
    }

    /** Whether a number that could be read can be kept. */
    static boolean isFit(JsonNode number) {
        return !number.isBigInteger() && !(number.isFloatingPointNumber() && isTooLong(number.doubleValue()));
    }

    /** @param written how it stands in the document: of 1e400 nothing else is left */
    static FieldError tooLarge(String written, FieldPath path) {
        return Rejection.at(
                named(path),
                written,
                "a number of at most 64 bits, or of at most %d digits written out".formatted(WireJson.MAX_NUMBER),
                "number.too_large");
    }

    static FieldError tooManyDigits(String written, FieldPath path) {
        return Rejection.at(
                named(path),
                written,
                "numbers of at most %d digits".formatted(WireJson.MAX_NUMBER),
                "document.too_large");
    }

    /** The database writes 1e300 as three hundred digits, and nobody would read them back. */
    private static boolean isTooLong(double number) {
        return !Double.isFinite(number)
                || BigDecimal.valueOf(number).toPlainString().length() > WireJson.MAX_NUMBER;
    }

    static FieldError unfit(String text, FieldPath path) {
        return Rejection.at(
                named(path), text, "Unicode text without NUL characters and half surrogate pairs", "text.malformed");
    }

    static FieldError twice(String name, FieldPath path) {
        return Rejection.at(named(path), name, "each key once", Faults.DUPLICATE);
    }

    /** The path as it may be shown. */
    static String named(FieldPath path) {
        return named(path.shown());
    }

    static String named(String path) {
        return path.isEmpty() ? "body" : path;
    }
}
