package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.contract.ProblemDocument;
import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
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

    /** The longest answer that is read into memory, in bytes: more than a server sends. */
    private static final int MOST = 64 * 1024 * 1024;

    private final ServerAddress server;
    private final Patience patience;
    private final ExchangeFailures failures;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Patience.CONNECTION)
            .build();

    public ApgClient(ServerAddress server, Patience patience) {
        this.server = server;
        this.patience = patience;
        this.failures = new ExchangeFailures(server);
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

    /** Sends a record as JSON. */
    public JsonNode post(String path, Object body) {
        return json(send(withJson(path, "POST", body)).body());
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
        Answer answer = ask(request);
        requireDone(answer.status(), answer.headers());
        if (answer.status() >= 400) {
            throw problem(answer.status(), answer.body());
        }
        return answer;
    }

    /**
     * Waits until the server's catalogue shows a write, so that whoever comes next reads it. Bounded by the server.
     *
     * @param cursor of the write
     */
    public void awaitShown(String cursor) {
        HttpRequest.Builder request = request("/api/v1/services?limit=1");
        try {
            request.header("X-APG-Min-Seq", cursor);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "%s names a cursor that is none: is APG_URL right?".formatted(server.url()));
        }
        send(request.GET());
    }

    /** Sends a request and gives the answer even if it is a refusal. */
    public Answer ask(HttpRequest.Builder request) {
        try (Coming answer = exchange(request, patience.request())) {
            return new Answer(answer.status(), answer.headers(), whole(answer.body()));
        } catch (IOException e) {
            throw failures.of(e);
        }
    }

    /**
     * Sends a request about the whole catalogue, whose answer is read as it comes; the caller closes it. Reading it fails with
     * an {@link IOException} if the server is silent for too long.
     */
    public Coming stream(HttpRequest.Builder request) {
        Coming answer = exchange(request, patience.catalogue());
        if (answer.status() < 300) {
            return answer;
        }
        try (answer) {
            requireDone(answer.status(), answer.headers());
            throw problem(answer.status(), whole(answer.body()));
        } catch (IOException e) {
            throw failures.of(e);
        }
    }

    private byte[] whole(InputStream body) throws IOException {
        byte[] read = body.readNBytes(MOST);
        if (read.length == MOST && body.read() >= 0) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s does not stop answering (expected: at most %d MiB): is APG_URL right?"
                            .formatted(server.url(), MOST / (1024 * 1024)));
        }
        return read;
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

    private Coming exchange(HttpRequest.Builder request, Duration longest) {
        var silence = new Silence(longest);
        try {
            HttpResponse<InputStream> answer =
                    silence.await(http.sendAsync(silence.brokenBy(request.build()), BodyHandlers.ofInputStream()));
            return new Coming(answer.statusCode(), answer.headers(), silence.brokenBy(answer.body()));
        } catch (ExecutionException e) {
            throw failures.of(e.getCause() == null ? e : e.getCause());
        } catch (Silence.TooLong e) {
            throw failures.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "interrupted");
        }
    }

    private ProblemException problem(int status, byte[] body) {
        try {
            ProblemDocument told = ANSWERS.readValue(body, ProblemDocument.class);
            if (told == null || told.code() == null || told.detail() == null || !areWhole(told.errors())) {
                return unexplained(status);
            }
            return status == 401
                    ? new ProblemException(told, server.refused(told.detail()))
                    : new ProblemException(told);
        } catch (JacksonException e) {
            return unexplained(status);
        }
    }

    /** Others have problem documents, too, whose errors have other fields. */
    private static boolean areWhole(@Nullable List<FieldError> errors) {
        return errors == null
                || errors.stream()
                        .noneMatch(error -> error == null
                                || error.field() == null
                                || error.expected() == null
                                || error.code() == null);
    }

    private ProblemException unexplained(int status) {
        return new ProblemException(new ProblemDocument(
                "about:blank",
                "Unexpected answer",
                status,
                "%s answered %d without saying why: is APG_URL right?".formatted(server.url(), status),
                "client.unexpected_answer",
                null,
                null,
                null));
    }
}
