package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.contract.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to a server and reads its answers; a refusal becomes a {@link ProblemException}. */
public final class ApgClient {
    /** Reads what a newer server says, too: it may have fields that are not known here. */
    private static final JsonMapper ANSWERS = WireJson.MAPPER
            .rebuild()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ServerAddress server;
    private final Refusals refusals;
    private final Exchanges exchanges;

    public ApgClient(ServerAddress server, Patience patience, Authorities authorities) {
        this.server = server;
        this.refusals = new Refusals(server, ANSWERS);
        this.exchanges = new Exchanges(server, patience, authorities, refusals);
    }

    /** An answer whose body is still on its way. */
    public record Coming(int status, HttpHeaders headers, InputStream body) implements AutoCloseable {
        /** In bytes; negative if nobody knows. */
        public long length() {
            return headers.firstValue("Content-Length")
                    .filter(length -> length.matches("[0-9]{1,18}"))
                    .map(Long::parseLong)
                    .orElse(-1L);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** An answer that was read completely. */
    public record Answer(int status, HttpHeaders headers, byte[] body) {
        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }
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
        return read(get(path), type);
    }

    /** An answer as a record. */
    public static <T> T read(JsonNode answer, Class<T> type) {
        return ANSWERS.treeToValue(answer, type);
    }

    /** An answer as a record with type arguments, such as a page. */
    public static <T> T read(JsonNode answer, TypeReference<T> type) {
        return ANSWERS.readerFor(type).readValue(answer);
    }

    public ServerAddress server() {
        return server;
    }

    /** Sends a record as JSON, to change something. */
    public JsonNode post(String path, Object body) {
        return json(send(withJson(path, "POST", body)).body());
    }

    /** Sends a record as JSON, to make a token, whose text comes in the answer and is kept nowhere. */
    public JsonNode postForToken(String path, Object body) {
        return json(accepted(askUntilKnown(withJson(path, "POST", body), Effect.TOKEN_MADE))
                .body());
    }

    /** The same to make a client, whose secret comes in the answer and is kept nowhere. */
    public JsonNode postForClient(String path, Object body) {
        return json(accepted(askUntilKnown(withJson(path, "POST", body), Effect.CLIENT_MADE))
                .body());
    }

    /** The same to invite somebody, whose token comes in the answer and is kept nowhere. */
    public JsonNode postForInvitation(String path, Object body) {
        return json(accepted(askUntilKnown(withJson(path, "POST", body), Effect.INVITED))
                .body());
    }

    /** Asks a question that takes a record as JSON to put; nothing is changed by it. */
    public JsonNode inquire(String path, Object question) {
        return json(accepted(exchanges.ask(withJson(path, "POST", question).build(), Effect.NONE))
                .body());
    }

    /** A request with a record as JSON, for those that need a header more. */
    public HttpRequest.Builder withJson(String path, String method, Object body) {
        return request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(WireJson.MAPPER.writeValueAsBytes(body)));
    }

    /** The ETag of what a path gives now, for {@code If-Match}. */
    public String entityTag(String path) {
        return send(request(path).GET()).headers().firstValue("ETag").orElse("*");
    }

    /** Sends a request built by the caller, for headers or bodies that the other methods do not know. */
    public Answer send(HttpRequest.Builder request) {
        return accepted(ask(request));
    }

    private Answer accepted(Answer answer) {
        requireDone(answer.status(), answer.headers());
        if (answer.status() >= 400) {
            throw refusals.of(answer.status(), answer.body());
        }
        return answer;
    }

    /**
     * Waits until the server's catalogue shows a write, so that whoever comes next reads it. Bounded by the server.
     *
     * @param cursor of the write
     * @throws CommandFailure or {@link ProblemException} if it does not show it yet, or cannot be asked; the write is done
     */
    public void awaitShown(String cursor) {
        HttpRequest.Builder request = request("/api/v1/services?limit=1");
        try {
            request.header("X-APG-Min-Seq", cursor);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "%s names a cursor that is none: is APG_URL right?".formatted(server.url()));
        }
        accepted(exchanges.ask(request.GET().build(), Effect.SHOWN));
    }

    /** Sends a request and gives the answer even if it is a refusal. */
    public Answer ask(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        return switch (built.method()) {
            case "GET" -> exchanges.ask(built, Effect.NONE);
            case "POST" -> askUntilKnown(request, Effect.DONE);
            default -> exchanges.ask(built, Effect.ONCE);
        };
    }

    private Answer askUntilKnown(HttpRequest.Builder request, Effect done) {
        String key = UUID.randomUUID().toString();
        return exchanges.askUntilKnown(request.setHeader("Idempotency-Key", key).build(), done);
    }

    /**
     * Sends a request about the whole catalogue, which may be sent again, and whose answer is read as it comes; the caller
     * closes it. Reading it fails with an {@link IOException} if the server is silent for too long.
     */
    public Coming stream(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        Effect effect = built.method().equals("GET") ? Effect.NONE : Effect.REPEATABLE;
        Coming answer = exchanges.begin(built, effect);
        if (answer.status() < 300) {
            return answer;
        }
        Answer refused = exchanges.whole(answer, effect);
        requireDone(refused.status(), refused.headers());
        throw refusals.of(refused.status(), refused.body());
    }

    /** APG never sends anybody elsewhere; whatever does is something else, or stands in front of it. */
    private void requireDone(int status, HttpHeaders headers) {
        if (status >= 300 && status < 400) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s answered %d%s: is APG_URL right?"
                            .formatted(
                                    server.url(),
                                    status,
                                    headers.firstValue("Location")
                                            .map(where -> ", to go to " + where)
                                            .orElse("")));
        }
    }

    /** A request to a path of the server, with the token. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Accept", "application/json, application/problem+json");
        server.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.text()));
        return request;
    }

    /** The JSON of an answer; never null. */
    public static JsonNode json(byte[] body) {
        try {
            JsonNode json = ANSWERS.readTree(body);
            if (json == null || json.isMissingNode() || json.isNull()) {
                throw new CommandFailure(
                        ExitCode.FAILED, "The answer is empty: is APG_URL the address of an APG server?");
            }
            return json;
        } catch (JacksonException e) {
            throw new CommandFailure(ExitCode.FAILED, "The answer is not JSON: is this the address of an APG server?");
        }
    }
}
