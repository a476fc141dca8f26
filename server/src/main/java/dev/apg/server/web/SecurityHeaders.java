package dev.apg.server.web;

import java.util.Map;
import java.util.TreeMap;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;

/**
 * What browsers are told with every answer, whoever gives it. A page says in its place what it needs: it sets the header again.
 */
final class SecurityHeaders {
    private static final Map<String, String> ALWAYS = ofNames(Map.of(
            // Answers are data, or files that nobody is to run from another page.
            "Content-Security-Policy",
                    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy",
                    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
            // What is personal or secret is in nearly all answers; those that may be kept say so.
            "Cache-Control", "no-store"));

    private static final String STRICT_TRANSPORT = "max-age=31536000; includeSubDomains";

    private SecurityHeaders() {}

    private static Map<String, String> ofNames(Map<String, String> headers) {
        Map<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        any.putAll(headers);
        return any;
    }

    /** Whether every answer has one of this name. */
    static boolean has(String name) {
        return ALWAYS.containsKey(name);
    }

    static void write(Request request, Response response) {
        ALWAYS.forEach(response::setHeader);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", STRICT_TRANSPORT);
        }
    }
}
