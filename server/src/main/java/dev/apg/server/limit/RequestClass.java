package dev.apg.server.limit;

import dev.apg.server.web.AskingPaths;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** What a request costs the server; each class is counted on its own, so that none uses another up. */
enum RequestClass {
    READ(100, "that read"),
    WRITE(50, "that change something"),
    SEARCH(50, "that search"),
    RESOLVE(25, "that resolve");

    private final int percent;
    private final String words;

    RequestClass(int percent, String words) {
        this.percent = percent;
        this.words = words;
    }

    /** The part of the configured rate that it may be asked at, in percent. */
    int percent() {
        return percent;
    }

    /** As a sentence goes on after "requests". */
    String words() {
        return words;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RequestClass of(HttpServletRequest request) {
        // Decoded, as what is done goes by that, too.
        String path = request.getServletPath();
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> reading(request, path);
            case "POST" -> AskingPaths.contain(path) || path.endsWith("/revisions") ? RESOLVE : WRITE;
            default -> WRITE;
        };
    }

    /** What the newest revision differs in from the draft is only known when the draft is resolved. */
    private static RequestClass reading(HttpServletRequest request, String path) {
        if (path.startsWith("/api/v1/search")) {
            return SEARCH;
        }
        return path.endsWith("/diff") && "draft".equals(request.getParameter("to")) ? RESOLVE : READ;
    }
}
