package dev.apg.server.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Percent-encoded text, as it stands in a path or a query. */
final class RequestText {
    private RequestText() {}

    /** Whether every percent-encoding is complete and stands for UTF-8 without NUL. */
    static boolean isWellFormed(@Nullable String text) {
        return text == null || text.indexOf('%') < 0 || decode(text).isPresent();
    }

    /** What a well-formed text stands for. */
    static String decoded(String text) {
        return text.indexOf('%') < 0 ? text : decode(text).orElse(text);
    }

    /** Empty if the text is not well-formed. */
    private static Optional<String> decode(String text) {
        var bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.put((byte) (c < 0x80 ? c : '?'));
                continue;
            }
            boolean complete = i + 2 < text.length();
            int high = complete ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = complete ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0 || high == 0 && low == 0) {
                return Optional.empty();
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException invalid) {
            return Optional.empty();
        }
    }
}
