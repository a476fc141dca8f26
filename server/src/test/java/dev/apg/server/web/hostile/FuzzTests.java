package dev.apg.server.web.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.server.testing.RawConnection;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

/**
 * Malformed requests by the thousand to every operation of the OpenAPI document, over connections of their own. They are
 * drawn from a seed, {@code -Dapg.fuzz.seed}; {@code -Dapg.fuzz.requests} says how many there are.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTests {
    private static final long SEED = Long.getLong("apg.fuzz.seed", 20_261_123);
    private static final int REQUESTS = Integer.getInteger("apg.fuzz.requests", 23_000);
    private static final int CONNECTIONS = 4;
    private static final int SHOWN = 20;

    /** What RFC 6749 calls a refusal. */
    private static final Set<String> OAUTH = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope");

    /** Of the inside: packages, traces, the database's words. */
    private static final List<String> INSIDE = List.of(
            "dev.apg.",
            "java.lang.",
            "java.util.",
            "org.spring",
            "org.apache",
            "org.postgresql",
            "tools.jackson",
            "com.fasterxml",
            "Exception",
            "\\tat ",
            "SQLSTATE",
            "SELECT ",
            "INSERT INTO",
            "violates");

    @AutoClose
    private final HostileServer server = new HostileServer();

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> refused = new TreeMap<>();

    /** By request id, what was refused how: so that who changed a row all the same can be found. */
    private final Map<String, String> refusals = new ConcurrentHashMap<>();

    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    @Test
    void malformed_requests_are_refused_with_a_problem_and_change_nothing() throws Exception {
        System.out.println("Seed of the malformed requests: " + SEED);
        doWhatTheExamplesSay();
        ChangedRows changed = ChangedRows.watch(server.server().database());
        List<ContractOperation> operations = server.operations().stream()
                .sorted(Comparator.comparing(FuzzTests::harm).thenComparing(ContractOperation::id))
                .toList();
        operations.forEach(operation -> refused.put(operation.id(), new AtomicInteger()));
        int each = REQUESTS / (operations.size() * CONNECTIONS) + 1;
        for (ContractOperation operation : operations) {
            attack(operation, each);
        }

        int malformed = refused.values().stream().mapToInt(AtomicInteger::get).sum();
        System.out.println("Malformed requests: " + malformed + "; accepted: " + accepted.size());
        assertThat(wrong.stream().limit(SHOWN)).isEmpty();
        assertThat(server.loggedErrors()).isEmpty();
        // One in eight at most may turn out to be valid: 20,000 malformed ones of 23,000.
        assertThat(malformed).isGreaterThan(REQUESTS / 8 * 7);
        // An operation that takes everything is not attacked.
        assertThat(refused)
                .allSatisfy((operation, times) ->
                        assertThat(times.get()).as(operation).isGreaterThan(each * CONNECTIONS / 4));
        // Rows are seen to change, or their absence would prove nothing.
        assertThat(changed.count()).isPositive();
        List<String> notAccepted = changed.notOf(accepted);
        assertThat(notAccepted)
                .as(() -> refusals.entrySet().stream()
                        .filter(refusal -> notAccepted.stream().anyMatch(row -> row.contains(refusal.getKey())))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.joining("\n")))
                .isEmpty();
    }

    /** So that what the examples name is there; some of them are refused without what another has given. */
    private void doWhatTheExamplesSay() throws IOException {
        Map<String, ContractOperation> operations = new TreeMap<>();
        server.operations().forEach(operation -> operations.put(operation.id(), operation));
        Optional<String> seen = Optional.empty();
        try (var file = new ClassPathResource("openapi/request-examples.json").getInputStream()) {
            for (JsonNode entry : WireJson.MAPPER.readTree(file).values()) {
                ContractOperation operation =
                        operations.get(entry.get("operation").asString());
                TestClient caller = operation.isOpen()
                        ? server.server().anonymous()
                        : server.callerOf(operation).with("If-Match", "*");
                if (seen.isPresent() && operation.needsToken()) {
                    caller = server.server().client().with("If-Match", "*").with("X-APG-Min-Seq", seen.get());
                }
                Answer answer = server.send(
                        operation,
                        caller,
                        examplePath(operation),
                        server.withCredentials(entry.get("body").toString()));
                seen = answer.header("X-APG-Seq");
            }
        }
    }

    /** With the values that the document shows, as far as it shows any. */
    private String examplePath(ContractOperation operation) {
        String path = operation.path();
        for (JsonNode parameter : operation.parameters("path")) {
            if (parameter.has("example")) {
                path = path.replace(
                        "{" + parameter.get("name").asString() + "}",
                        parameter.get("example").asString());
            }
        }
        return server.path(
                new ContractOperation(operation.method(), path, operation.definition(), operation.schemas()));
    }

    /** What destroys comes last, so that the others have something to be tried on. */
    private static int harm(ContractOperation operation) {
        return switch (operation.method()) {
            case "GET" -> 0;
            case "POST" -> 1;
            case "DELETE" -> 3;
            default -> 2;
        };
    }

    private void attack(ContractOperation operation, int requests) throws Exception {
        String path = examplePath(operation);
        String observer = "Bearer " + server.observerToken();
        List<String> callers =
                List.of(server.callerOf(operation).header("Authorization"), observer, "Bearer nonsense", "Basic YTpi");
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < CONNECTIONS; i++) {
                var random = new Random(SEED ^ (operation.id().hashCode() * 31L + i));
                var forger = new Forger(operation, path, callers, server::withCredentials, random);
                done.add(workers.submit(() -> {
                    send(operation, forger, requests);
                    return null;
                }));
            }
            for (var each : done) {
                each.get();
            }
        }
    }

    private void send(ContractOperation operation, Forger forger, int requests) throws IOException {
        try (var connection = new RawConnection(server.server().url())) {
            for (int i = 0; i < requests; i++) {
                Forgery forgery = forger.next();
                try {
                    Answer answer = connection.send(forgery.bytes(), forgery.isLast());
                    while (isForLater(answer)) {
                        answer = connection.send(forgery.bytes(), forgery.isLast());
                    }
                    look(operation, forgery, answer);
                } catch (IOException none) {
                    wrong.add("%s: no answer: %s to %s".formatted(operation, none, forgery));
                    connection.close();
                }
            }
        }
    }

    /** Nothing is wrong with it, but the other connections have all of a tenant's places just now. */
    private static boolean isForLater(Answer answer) {
        return answer.status() == 503
                && answer.header("Retry-After").isPresent()
                && answer.json().path("code").asString("").endsWith(".busy");
    }

    private void look(ContractOperation operation, Forgery forgery, Answer answer) {
        if (answer.status() < 400) {
            answer.header("X-Request-Id").ifPresent(accepted::add);
        } else {
            refused.get(operation.id()).incrementAndGet();
            answer.header("X-Request-Id")
                    .ifPresent(id -> refusals.put(
                            id, "%s: %d %s to %s".formatted(operation, answer.status(), answer.text(), forgery)));
        }
        List<String> faults = faults(forgery, answer);
        if (!faults.isEmpty()) {
            String text = answer.text();
            wrong.add("%s: %s: %d %s to %s"
                    .formatted(
                            operation,
                            faults,
                            answer.status(),
                            text.substring(0, Math.min(500, text.length())),
                            forgery));
        }
    }

    private static List<String> faults(Forgery forgery, Answer answer) {
        List<String> faults = new ArrayList<>();
        if (answer.status() >= 500) {
            faults.add("a failure");
        }
        if (answer.header("X-Injected").isPresent()) {
            faults.add("a header of the client's");
        }
        if (answer.status() >= 400 && !forgery.method().equals("HEAD")) {
            if (!isProblem(answer) && !isOfOauth(answer)) {
                faults.add("no problem");
            }
            String text = answer.text();
            INSIDE.stream().filter(text::contains).forEach(faults::add);
        }
        return faults;
    }

    private static boolean isProblem(Answer answer) {
        return answer.header("Content-Type").orElse("").equals("application/problem+json")
                && answer.json().path("code").asString("").matches("[a-z_]+(\\.[a-z_]+)*")
                && answer.json().path("status").asInt(0) == answer.status()
                && !answer.json().path("detail").asString("").isBlank();
    }

    private static boolean isOfOauth(Answer answer) {
        return answer.header("Content-Type").orElse("").startsWith("application/json")
                && OAUTH.contains(answer.json().path("error").asString(""));
    }
}
