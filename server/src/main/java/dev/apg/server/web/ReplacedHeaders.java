package dev.apg.server.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** An answer whose {@link SecurityHeaders} are replaced by those that are said for it; Spring would add them to the others. */
final class ReplacedHeaders extends HttpServletResponseWrapper {
    ReplacedHeaders(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void addHeader(String name, String value) {
        if (SecurityHeaders.has(name)) {
            setHeader(name, value);
        } else {
            super.addHeader(name, value);
        }
    }
}
