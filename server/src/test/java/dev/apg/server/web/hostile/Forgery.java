package dev.apg.server.web.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request that is spoilt step by step, until it is sent as it then is. */
final class Forgery {
    private String method;
    private String path;
    private final List<String> query = new ArrayList<>();
    private final List<String> headers = new ArrayList<>();
    private byte[] body = new byte[0];
    private final List<String> wounds = new ArrayList<>();
    private boolean last;

    Forgery(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** What was done to it. */
    List<String> wounds() {
        return wounds;
    }

    /** Whether the server may lose count of where it ends. */
    boolean isLast() {
        return last;
    }

    byte[] body() {
        return body;
    }

    Forgery wounded(String how) {
        wounds.add(how);
        return this;
    }

    void method(String other) {
        method = other;
    }

    void path(String other) {
        path = other;
    }

    void query(String pair) {
        query.add(pair);
    }

    void header(String name, String value) {
        headers.add(name + ": " + value);
    }

    /** Takes all headers of a name away. */
    void without(String name) {
        headers.removeIf(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .findFirst();
    }

    void body(byte[] other) {
        body = other;
    }

    /** Nothing can be sent behind this one. */
    void endsConnection() {
        last = true;
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(latin(method + " " + target() + " HTTP/1.1\r\nHost: localhost\r\n"));
        headers.forEach(header -> bytes.writeBytes(latin(header + "\r\n")));
        boolean framed = header("Content-Length").isPresent()
                || header("Transfer-Encoding").isPresent();
        if (!framed && (body.length > 0 || !method.equals("GET"))) {
            bytes.writeBytes(latin("Content-Length: " + body.length + "\r\n"));
        }
        bytes.writeBytes(latin("\r\n"));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private String target() {
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        String text = new String(bytes(), StandardCharsets.ISO_8859_1).replaceAll("Bearer \\S+", "Bearer …");
        return wounds + "\n" + (text.length() > 1_500 ? text.substring(0, 1_500) + "…" : text);
    }
}
