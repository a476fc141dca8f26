package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;

/** Publishes versions over HTTP, and composes them. */
public final class Catalogue {
    private final TestClient client;
    private String cursor = "1.0";

    public Catalogue(TestClient client) {
        this.client = client;
    }

    /** Publishes one version; {@code fields} are the document's fields after the version, as JSON without braces. */
    public Catalogue publish(String capability, String version, String... fields) {
        Answer answer = client.post(versions(capability), document(capability, version, fields));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        cursor = answer.header("X-APG-Seq").orElseThrow();
        return this;
    }

    private static String versions(String capability) {
        return "/api/v1/capabilities/%s/versions".formatted(capability.replace("/", "%2F"));
    }

    /** Publishes several at once, as capabilities that need each other must be. */
    public Catalogue publishTogether(String... documents) {
        Answer answer = client.send(
                "POST",
                "/api/v1/imports",
                BodyPublishers.ofString(String.join("\n", documents)),
                "application/x-ndjson");
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        cursor = answer.header("X-APG-Seq").orElseThrow();
        return this;
    }

    public static String document(String capability, String version, String... fields) {
        String rest = fields.length == 0 ? "" : ", " + String.join(", ", List.of(fields));
        return "{\"format\": \"apg.version/1\", \"capability\": \"%s\", \"version\": \"%s\"%s}"
                .formatted(capability, version, rest)
                .replace("\n", " ");
    }

    public static String requires(String capability, String range) {
        return "\"requirements\": [{\"capability\": \"%s\", \"range\": \"%s\"}]".formatted(capability, range);
    }

    public static String provides(String service, String version) {
        return "\"provides\": [{\"service\": \"%s\", \"version\": \"%s\"}]".formatted(service, version);
    }

    /** Changes a version's state. */
    public void state(String capability, String version, String state) {
        String path = "%s/%s/state".formatted(versions(capability), version);
        Answer answer =
                client.with("If-Match", "*").put(path, "{\"state\": \"%s\", \"reason\": \"a test\"}".formatted(state));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        cursor = answer.header("X-APG-Seq").orElseThrow();
    }

    /** Moves a capability on in its life cycle. */
    public void status(String capability, String status) {
        Answer answer = client.with("If-Match", "*")
                .put("/api/v1/capabilities/%s/status".formatted(capability), "{\"status\": \"%s\"}".formatted(status));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        cursor = answer.header("X-APG-Seq").orElseThrow();
    }

    /** A client that sees everything that was published so far, on any node. */
    public TestClient reader() {
        return reader(client);
    }

    public TestClient reader(TestClient other) {
        return other.with("X-APG-Min-Seq", cursor);
    }

    /** A composition with these members, each {@code code} or {@code code@range}. */
    public Composition compose(String code, String... members) {
        Answer created = reader().post("/api/v1/compositions", "{\"code\": \"%s\"}".formatted(code));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        var composition = new Composition(code);
        if (members.length > 0) {
            composition.apply(Arrays.stream(members)
                    .map(member -> {
                        String[] parts = member.split("@", 2);
                        return "{\"op\": \"add_member\", \"capability\": \"%s\", \"range\": \"%s\"}"
                                .formatted(parts[0], parts.length > 1 ? parts[1] : "*");
                    })
                    .toArray(String[]::new));
        }
        return composition;
    }

    /** A composition, asked about with a reader's client. */
    public final class Composition {
        private final String code;

        private Composition(String code) {
            this.code = code;
        }

        String path() {
            return "/api/v1/compositions/" + code;
        }

        Answer tryToApply(String... operations) {
            return reader().post(
                            path() + "/draft/operations",
                            "{\"operations\": [%s]}".formatted(String.join(", ", operations)));
        }

        public Composition apply(String... operations) {
            Answer answer = tryToApply(operations);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return this;
        }

        public Answer resolve(String options) {
            Answer answer = reader().post(path() + "/resolve", options);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return answer;
        }

        Answer resolve() {
            return resolve("{}");
        }

        Answer validate() {
            Answer answer = reader().post(path() + "/validate", "{}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return answer;
        }

        /** POSTs to a path below the composition. */
        Answer ask(String path, String body) {
            return reader().post(path() + path, body);
        }

        Answer read(String path) {
            return reader().get(path() + path);
        }

        String draftTag() {
            return reader().get(path() + "/draft").header("ETag").orElseThrow();
        }

        Answer tryToFreeze() {
            return reader().with("If-Match", draftTag()).post(path() + "/revisions", "{\"message\": \"a test\"}");
        }

        /** @param options for resolving */
        Answer tryToFreezeWith(String options) {
            return reader().with("If-Match", draftTag())
                    .post(path() + "/revisions", "{\"options\": %s}".formatted(options));
        }

        public Composition freeze() {
            Answer answer = tryToFreeze();
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            return this;
        }
    }
}
