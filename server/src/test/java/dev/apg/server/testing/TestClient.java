package dev.apg.server.testing;

import dev.apg.contract.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Speaks HTTP to a server, with one token; immutable. */
public final class TestClient {
    private static final HttpClient HTTP = HttpClient.newBuilder().build();

    private final URI server;
    private final List<String> headers;

    TestClient(URI server, List<String> headers) {
        this.server = server;
        this.headers = List.copyOf(headers);
    }

    /** What came back. */
    public record Answer(int status, java.net.http.HttpHeaders headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return WireJson.MAPPER.readTree(body);
        }

        public <T> T as(Class<T> type) {
            return WireJson.MAPPER.readValue(body, type);
        }

        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        /** The code of a problem; fails if the answer is not one. */
        public String problem() {
            if (!header("Content-Type").orElse("").startsWith("application/problem+json")) {
                throw new AssertionError("not a problem: " + status + " " + text());
            }
            return json().get("code").asString();
        }
    }

    /** The same client with one more header on every request. */
    public TestClient with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new TestClient(server, more);
    }

    /** What this client sends in a header; for requests that it cannot make itself. */
    public String header(String name) {
        return headers.get(headers.indexOf(name) + 1);
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), null);
    }

    /** POSTs a record, map or list as JSON; text as it is. */
    public Answer post(String path, Object body) {
        return send("POST", path, json(body), "application/json");
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, json(body), "application/json");
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, json(body), "application/json");
    }

    /** Any request; {@code contentType} null sends none. */
    public Answer send(String method, String path, BodyPublisher body, String contentType) {
        var request = HttpRequest.newBuilder(server.resolve(path)).method(method, body);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static BodyPublisher json(Object body) {
        return body instanceof String text
                ? BodyPublishers.ofString(text)
                : BodyPublishers.ofByteArray(WireJson.MAPPER.writeValueAsBytes(body));
    }
}
