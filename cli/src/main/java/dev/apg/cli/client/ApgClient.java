package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.contract.ProblemDocument;
import dev.apg.contract.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends requests to a server and reads its answers; a refusal becomes a {@link ProblemException}. */
public final class ApgClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final ServerAddress server;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    public ApgClient(ServerAddress server) {
        this.server = server;
    }

    /** A code as one segment of a path: {@code acme/redis} becomes {@code acme%2Fredis}. */
    public static String segment(String code) {
        return URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A query string from names and values; names repeat. Empty without any. */
    public static String query(List<Map.Entry<String, String>> parameters) {
        return parameters.isEmpty()
                ? ""
                : "?"
                        + String.join(
                                "&",
                                parameters.stream()
                                        .map(entry -> segment(entry.getKey()) + "=" + segment(entry.getValue()))
                                        .toList());
    }

    public JsonNode get(String path) {
        return json(send(request(path).GET()).body());
    }

    public <T> T get(String path, Class<T> type) {
        return WireJson.MAPPER.treeToValue(get(path), type);
    }

    /** Sends a record as JSON. */
    public JsonNode post(String path, Object body) {
        return json(send(request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(WireJson.MAPPER.writeValueAsBytes(body))))
                .body());
    }

    /** Sends a request built by the caller, for headers or bodies that the other methods do not know. */
    public HttpResponse<byte[]> send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
        if (response.statusCode() >= 400) {
            throw problem(response.statusCode(), response.body());
        }
        return response;
    }

    /** Sends a request whose answer is read as it comes; the caller closes the stream. */
    public HttpResponse<InputStream> stream(HttpRequest.Builder request) {
        HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
        if (response.statusCode() >= 400) {
            try (InputStream body = response.body()) {
                throw problem(response.statusCode(), body.readAllBytes());
            } catch (IOException e) {
                throw unreachable(e);
            }
        }
        return response;
    }

    /** A request to a path of the server, with the token. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Accept", "application/json, application/problem+json");
        server.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    /** A body from a file or a stream of unknown length. */
    public static BodyPublisher streaming(java.util.function.Supplier<InputStream> source) {
        return BodyPublishers.ofInputStream(source);
    }

    public static JsonNode json(byte[] body) {
        return WireJson.MAPPER.readTree(body);
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "interrupted");
        }
    }

    private CommandFailure unreachable(IOException cause) {
        return new CommandFailure(
                ExitCode.UNAVAILABLE,
                "%s cannot be reached (%s): is the server running? Start it with `apg serve`, or set APG_URL."
                        .formatted(
                                server.url(),
                                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()));
    }

    private ProblemException problem(int status, byte[] body) {
        try {
            return new ProblemException(WireJson.MAPPER.readValue(body, ProblemDocument.class));
        } catch (JacksonException e) {
            return new ProblemException(new ProblemDocument(
                    "about:blank",
                    "Unexpected answer",
                    status,
                    "%s answered %d without saying why".formatted(server.url(), status),
                    "client.unexpected_answer",
                    null,
                    null,
                    null));
        }
    }
}
