package dev.apg.server.web.hostile;

import static dev.apg.server.grant.People.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.grant.People;
import dev.apg.server.grant.People.Member;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Somebody who may do everything but read what others own does everything that the OpenAPI document offers, in two tenants. In
 * one of them others own a composition. Each answer must be the same in both, and nothing of that composition in any.
 */
class HiddenCompositionWalkTests {
    /** Code and part of every text of the composition that cannot be read. */
    private static final String CANARY = "zebrafinch";

    private static final Map<String, List<String>> QUERIES = Map.of(
            "q", List.of(CANARY),
            "prefix", List.of("z", ""),
            "owner", List.of(CANARY, "owners"),
            "type", List.of("custom", "hybrid"),
            "locks", List.of("box@1.0.0"),
            "limit", List.of("1", "100"));

    /** These count what happened, or what there is: docs/permissions.md says so. */
    private static final List<String> COUNTING = List.of("/api/v1/events", "/api/v1/tenant ");

    @Test
    void a_composition_of_others_is_in_no_answer() {
        try (TestServer server = TestServer.start()) {
            People without = People.in(server);
            People with = People.in(server);
            List<ContractOperation> operations = ContractOperation.of(server).stream()
                    .filter(ContractOperation::needsToken)
                    .sorted(Comparator.comparing(HiddenCompositionWalkTests::harm)
                            .thenComparing(ContractOperation::id))
                    .toList();

            assertThat(toldToAdministrator(operations, People.in(server)))
                    .as("operations whose answers would tell of it")
                    .hasSizeGreaterThan(12);
            Map<String, String> expected = walk(without, false, operations);
            Map<String, String> answers = walk(with, true, operations);

            assertThat(expected).hasSizeGreaterThan(100);
            assertThat(answers.keySet()).isEqualTo(expected.keySet());
            answers.forEach((asked, answer) -> {
                String told =
                        asked.contains(CANARY) ? answer.replace(asked.substring(asked.indexOf(CANARY)), "") : answer;
                if (!asked.contains(CANARY)) {
                    assertThat(told).as(asked).doesNotContain(CANARY);
                }
                if (COUNTING.stream().noneMatch((asked + " ")::contains)) {
                    assertThat(answer).as(asked).isEqualTo(expected.get(asked));
                }
            });
        }
    }

    /** What the walk would find if nothing were hidden. */
    private static List<String> toldToAdministrator(List<ContractOperation> operations, People people) {
        String seq = populate(people, reader(people), true);
        var walk = new Walk(people.administrator(), seq);
        operations.stream()
                .filter(operation -> harm(operation) == 0)
                .forEach(operation -> walk.ask("", operation, CANARY));
        return walk.answers.entrySet().stream()
                .filter(each -> each.getValue().contains(CANARY + " words"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, String> walk(People people, boolean hidden, List<ContractOperation> operations) {
        Member reader = reader(people);
        String seq = populate(people, reader, hidden);
        var walk = new Walk(reader.client(), seq);
        operations.forEach(operation -> walk.ask("1 ", operation, CANARY));
        walk.ask("near ", "GET", "/api/v1/compositions/zebrafinc", "");
        for (String state : List.of("yanked", "deprecated", "purged")) {
            walk.ask(
                    "impact ",
                    "POST",
                    "/api/v1/impact?" + state,
                    "{\"kind\": \"state\", \"capability\": \"box\", \"version\": \"1.0.0\", \"state\": \"%s\"}"
                            .formatted(state));
        }
        operations.forEach(operation -> walk.ask("2 ", operation, "box"));
        walk.ask(
                "purge ",
                "PUT",
                "/api/v1/capabilities/box/versions/1.0.0/state",
                "{\"state\": \"purged\", \"reason\": \"a secret\"}");
        operations.stream()
                .filter(operation -> harm(operation) == 0)
                .forEach(operation -> walk.ask("3 ", operation, CANARY));
        return walk.answers;
    }

    /** Somebody with every permission but those that pass what others own, and that read the audit log. */
    private static Member reader(People people) {
        List<String> permissions = Role.TENANT_ADMINISTRATOR.permitted().stream()
                .filter(permission -> permission != Permission.COMPOSITION_ADMINISTER)
                .filter(permission -> permission != Permission.AUDIT_READ)
                .map(Permission::wire)
                .toList();
        done(people.administrator().post("/api/v1/roles", Map.of("code", "nearly_all", "permissions", permissions)));
        return people.member("reader", "nearly_all");
    }

    private static String populate(People people, Member reader, boolean hidden) {
        Member owner = people.member("owner", "composition_designer");
        people.team("owners", owner);
        TestClient administrator = people.administrator();
        String version = """
                {"format": "apg.version/1", "capability": "box", "version": "1.0.0",
                 "configuration_schema": {"type": "object", "properties": {"word": {"type": "string"}}}}
                """;
        Answer published = done(administrator.post("/api/v1/capabilities/box/versions", version));
        String seq = published.header("X-APG-Seq").orElseThrow();
        compose(reader.client().with("X-APG-Min-Seq", seq), "box", "", "box");
        if (hidden) {
            compose(owner.client().with("X-APG-Min-Seq", seq), CANARY, "?owned_by=team:owners", CANARY + " words");
        }
        return done(administrator.post("/api/v1/services", Map.of("service", "last")))
                .header("X-APG-Seq")
                .orElseThrow();
    }

    private static void compose(TestClient client, String code, String ownedBy, String words) {
        done(client.post(
                "/api/v1/compositions" + ownedBy, Map.of("code", code, "display_name", words, "description", words)));
        String path = "/api/v1/compositions/" + code;
        done(client.post(path + "/draft/operations", """
                {"operations": [{"op": "add_member", "capability": "box", "range": "1.0.0"},
                  {"op": "set_configuration", "capability": "box", "configuration": {"word": "%s"}}]}
                """.formatted(words)));
        done(client.post(path + "/revisions", Map.of("message", words)));
    }

    /** What destroys comes last. */
    private static int harm(ContractOperation operation) {
        return switch (operation.method()) {
            case "GET" -> 0;
            case "POST" -> 1;
            case "DELETE" -> 3;
            default -> 2;
        };
    }

    private static final class Walk {
        private final TestClient client;
        private final Map<String, String> answers = new LinkedHashMap<>();
        private String seq;

        Walk(TestClient client, String seq) {
            this.client = client;
            this.seq = seq;
        }

        void ask(String turn, ContractOperation operation, String composition) {
            boolean ofComposition = operation.path().startsWith("/api/v1/compositions/{code}");
            String path = operation
                    .path()
                    .replace("{code}", ofComposition ? composition : "box")
                    .replace("{number}", operation.path().contains("/revisions/") ? "1" : "1.0.0")
                    .replace("{grantee}", "team:owners")
                    .replace("{member}", "token:00000000-0000-7000-8000-00000000000a")
                    .replace("{id}", "00000000-0000-7000-8000-00000000000a");
            if (operation.method().equals("GET")) {
                queries(operation).forEach(query -> put(turn, "GET", path + query, "", null));
            } else {
                String type = operation.jsonType().orElse(null);
                String body = type == null
                        ? ""
                        : operation.body().orElseThrow().sample().toString();
                put(turn, operation.method(), path, body, type);
            }
        }

        void ask(String turn, String method, String path, String body) {
            put(turn, method, path, body, body.isEmpty() ? null : "application/json");
        }

        private static List<String> queries(ContractOperation operation) {
            return Stream.concat(
                            Stream.of(""),
                            operation.parameters("query").stream()
                                    .map(parameter -> parameter.get("name").asString())
                                    .flatMap(name -> QUERIES.getOrDefault(name, List.of()).stream()
                                            .map(value -> "?" + name + "=" + value)))
                    .toList();
        }

        private void put(String turn, String method, String path, String body, String type) {
            Answer answer = client.with("X-APG-Min-Seq", seq)
                    .send(
                            method,
                            path.contains("impact?") ? "/api/v1/impact" : path,
                            BodyPublishers.ofString(body),
                            type);
            if (!method.equals("GET")) {
                seq = answer.header("X-APG-Seq").orElse(seq);
            }
            answers.put(turn + method + " " + path, shown(answer));
        }
    }

    /** Without what counts events, and what impact counts of others. */
    private static String shown(Answer answer) {
        return IsolationWalkTests.shown(answer)
                .replaceAll("x-apg-seq=\\[[0-9.]+]", "SEQ")
                .replaceAll("\"hidden\":\\{[^}]*},", "")
                .replaceAll("\"(cursor|end)\":\"[0-9.]+\"", "\"$1\":\"SEQ\"")
                .replaceAll("\"(display_name|tenant|code)\":\"tenant-UUID\"", "\"$1\":\"TENANT\"");
    }
}
