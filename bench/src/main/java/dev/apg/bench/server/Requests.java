package dev.apg.bench.server;

import java.nio.charset.StandardCharsets;

/** Requests as the bytes that go over the wire, made before anything is timed. */
final class Requests {
    private final String token;

    /** @param token nothing: no token is sent */
    Requests(String token) {
        this.token = token;
    }

    byte[] get(String path) {
        return bytes("GET", path, "", "");
    }

    /** With {@code X-APG-Min-Seq}: answered from a state that has it, or refused. */
    byte[] getSince(String path, String cursor) {
        return bytes("GET", path, "X-APG-Min-Seq: " + cursor + "\r\n", "");
    }

    byte[] post(String path, String json) {
        return bytes("POST", path, "Content-Type: application/json\r\n", json);
    }

    /** With {@code If-Match}. */
    byte[] post(String path, String json, String ifMatch) {
        return bytes("POST", path, "Content-Type: application/json\r\nIf-Match: " + ifMatch + "\r\n", json);
    }

    /** The head of a request whose body follows. */
    byte[] head(String path, String type, long length) {
        return "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, token, type, length)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] bytes(String method, String path, String headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String length = content.length == 0 ? "" : "Content-Length: " + content.length + "\r\n";
        String authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
        byte[] head = "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s%s\r\n"
                .formatted(method, path, authorization, headers, length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return all;
    }
}
