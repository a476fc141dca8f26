package dev.apg.server.web;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Gives every request an id that no other has: the client's {@code X-Request-Id}, if it is a sane one, with a slash and
 * eight random characters after it, else a new one. Clients send the same id with every call of one piece of work, but what
 * a call has done is told by the id that its events have.
 */
public final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestIds.class.getName();
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:/+=-]{1,100}");

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ADDED = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestIds() {}

    /** Names the request, and says so in the answer. */
    static String assign(HttpServletRequest request, HttpServletResponse response) {
        String sent = request.getHeader(HEADER);
        String id = sent != null && SANE.matcher(sent).matches() && !RecognisableSecrets.isIn(sent)
                ? sent + "/" + random()
                : UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
        return id;
    }

    private static String random() {
        var letters = new StringBuilder(ADDED);
        RANDOM.ints(ADDED, 0, LETTERS.length()).forEach(letter -> letters.append(LETTERS.charAt(letter)));
        return letters.toString();
    }

    /** The id that was assigned. */
    public static String of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "unknown";
    }
}
