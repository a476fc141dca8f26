package dev.apg.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Checks path and query before anybody decodes them: decoders would replace what is not UTF-8, and so change the request. */
final class RequestText {
    private RequestText() {}

    static boolean isWellFormed(HttpServletRequest request) {
        return isWellFormed(request.getRequestURI()) && isWellFormed(request.getQueryString());
    }

    /** Whether every percent-encoding is complete and stands for UTF-8 without NUL. */
    static boolean isWellFormed(@Nullable String text) {
        if (text == null || text.indexOf('%') < 0) {
            return true;
        }
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
                return false;
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }
}
