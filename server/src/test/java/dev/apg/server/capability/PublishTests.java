package dev.apg.server.capability;

import static dev.apg.server.capability.Registry.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.Publication;
import dev.apg.contract.capability.Warning;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PublishTests {
    @AutoClose
    private static final TestServer server = TestServer.start();

    private Registry registry;

    @BeforeEach
    void freshTenant() {
        registry = Registry.of(server);
    }

    @Test
    void a_new_version_is_stored_as_the_canonical_bytes_of_its_digest() {
        Answer published =
                registry.publish(version("redis", "7.2.5") + "provides: [{service: Cache, version: 1.0.0}]\n");

        assertThat(published.status()).as(published.text()).isEqualTo(201);
        assertThat(published.header("Location")).contains("/api/v1/capabilities/redis/versions/7.2.5");
        assertThat(published.header("X-APG-Seq"))
                .contains(published.json().get("cursor").asString());
        Answer document = registry.version("redis", "7.2.5", "/document");
        assertThat(document.text())
                .isEqualTo("{\"capability\":\"redis\",\"format\":\"apg.version/1\","
                        + "\"provides\":[{\"service\":\"cache\",\"version\":\"1.0.0\"}],\"version\":\"7.2.5\"}");
        String digest = Digest.of(document.body()).toString();
        assertThat(published.as(Publication.class).digest()).isEqualTo(digest);
        assertThat(document.header("ETag")).contains("\"" + digest + "\"");
        assertThat(document.header("Cache-Control").orElseThrow()).contains("private", "no-cache");
        assertThat(registry.client
                        .with("If-None-Match", "\"" + digest + "\"")
                        .get(Registry.versions("redis") + "/7.2.5/document")
                        .status())
                .isEqualTo(304);
        assertThat(registry.version("redis", "7.2.5", "").json().get("state").asString())
                .isEqualTo("published");
    }

    @Test
    void publishing_the_same_content_again_changes_nothing_however_it_is_written() {
        registry.has("store", "1.0.0");
        Answer first = registry.publish(version("cart", "1.0.0") + """
                requirements:
                  - {capability: store, range: "*"}
                cost: 0
                """);
        Answer again = registry.publishAs("CART", version("Cart", "1.0.0+build.5") + """
                requirements:
                  - {name: STORE, strength: required, any_of: [{capability: Store}]}
                """);

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.as(Publication.class).created()).isFalse();
        assertThat(again.as(Publication.class).digest())
                .isEqualTo(first.as(Publication.class).digest());
        assertThat(again.as(Publication.class).cursor())
                .isEqualTo(first.as(Publication.class).cursor());
        assertThat(warnings(again)).contains("version.build_metadata");
    }

    @Test
    void a_range_that_matches_nothing_yet_is_a_warning() {
        registry.has("store", "1.0.0");
        registry.publish(version("provider", "1.0.0") + "provides: [{service: search, version: 2.0.0}]\n");

        Answer published = registry.publish(version("cart", "1.0.0") + """
                requirements:
                  - {capability: store, range: ^2.0.0}
                  - {service: search, range: ^1.0.0}
                """);

        assertThat(published.status()).isEqualTo(201);
        assertThat(published.as(Publication.class).warnings())
                .extracting(Warning::field)
                .containsExactly("requirements[0].range", "requirements[1].range");
        Answer fits = registry.publish(version("cart", "1.0.1") + """
                requirements:
                  - {capability: store, range: ^1.0.0}
                  - {service: search, range: ">=2"}
                """);
        assertThat(warnings(fits)).isEmpty();
    }

    @Test
    void a_range_that_only_yanked_versions_are_in_is_a_warning() {
        registry.has("vault", "1.0.0");
        registry.has("vault", "1.1.0");
        registry.has("vault", "2.0.0");
        for (String number : List.of("1.0.0", "1.1.0")) {
            Answer yanked = registry.client
                    .with("If-Match", "*")
                    .put(
                            Registry.versions("vault") + "/" + number + "/state",
                            "{\"state\": \"yanked\", \"reason\": \"leaks\"}");
            assertThat(yanked.status()).as(yanked.text()).isEqualTo(200);
        }

        Answer published = registry.publish(version("bank", "1.0.0") + """
                requirements:
                  - {capability: vault, range: ^1.0.0}
                """);

        assertThat(published.status()).isEqualTo(201);
        assertThat(published.as(Publication.class).warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("range.only_yanked");
            assertThat(warning.field()).isEqualTo("requirements[0].range");
            assertThat(warning.message()).contains("vault in ^1.0.0 is yanked");
        });
        assertThat(warnings(registry.publish(version("bank", "1.0.1") + """
                requirements:
                  - {capability: vault, range: ">=1.1.0"}
                """))).isEmpty();
    }

    @Test
    void json_is_accepted_like_yaml() {
        Answer published = registry.client.post(
                Registry.versions("acme/redis"),
                "{\"format\":\"apg.version/1\",\"capability\":\"acme/redis\",\"version\":\"1.0.0\"}");

        assertThat(published.status()).as(published.text()).isEqualTo(201);
        assertThat(registry.version("acme/redis", "1.0.0", "").status()).isEqualTo(200);
    }

    @Test
    void describing_fields_follow_the_document_and_are_no_part_of_the_digest() {
        Answer first = registry.publish(version("cart", "1.0.0") + "about: {display_name: Cart, tags: [a]}\n");
        Answer second = registry.publish(version("cart", "1.0.0") + "about: {display_name: The cart}\n");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.as(Publication.class).digest())
                .isEqualTo(first.as(Publication.class).digest());
        JsonNode capability = registry.client
                .with("X-APG-Min-Seq", second.as(Publication.class).cursor())
                .get("/api/v1/capabilities/cart")
                .json();
        assertThat(capability.get("display_name").asString()).isEqualTo("The cart");
        assertThat(capability.get("tags").get(0).asString()).isEqualTo("a");
        assertThat(capability.get("edition").asLong()).isEqualTo(2);
    }

    @Test
    void the_first_release_makes_a_capability_active() {
        registry.has("cart", "1.0.0-rc.1");
        assertThat(status("cart")).isEqualTo("validated");

        registry.has("cart", "1.0.0");
        assertThat(status("cart")).isEqualTo("active");
    }

    private String status(String code) {
        String cursor = registry.client
                .post("/api/v1/services", "{\"service\":\"s" + System.nanoTime() + "\"}")
                .header("X-APG-Seq")
                .orElseThrow();
        return registry.client
                .with("X-APG-Min-Seq", cursor)
                .get("/api/v1/capabilities/" + code)
                .json()
                .get("status")
                .asString();
    }

    @Test
    void another_tenant_sees_nothing_and_may_use_the_same_names() {
        registry.has("cart", "1.0.0");
        Registry other = Registry.of(server);

        assertThat(other.version("cart", "1.0.0", "").status()).isEqualTo(404);
        assertThat(other.version("cart", "1.0.0", "/document").status()).isEqualTo(404);
        assertThat(other.publish(version("shop", "1.0.0") + "requirements: [{capability: cart}]\n")
                        .problem())
                .isEqualTo("capability.unknown");
        assertThat(other.client.get("/api/v1/export").text()).isEmpty();
        assertThat(other.publish(version("cart", "1.0.0") + "cost: 3\n").status())
                .isEqualTo(201);
    }

    @Test
    void a_reference_to_a_variable_in_an_argument_is_told_not_to_be_replaced() {
        Answer published = registry.publish(version("proxy", "1.0.0") + """
                runtime:
                  image: docker.io/library/caddy@sha256:%s
                  args: ["--from", ":8080", "--to", "$(BACKEND)", "$(date)"]
                  environment: [{name: BACKEND, value: "http://shop"}]
                """.formatted("0".repeat(64)));

        assertThat(published.as(Publication.class).warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("argument.not_replaced");
            assertThat(warning.field()).isEqualTo("runtime.args[3]");
            assertThat(warning.message()).startsWith("$(BACKEND) is passed on as it is written");
        });
    }

    private static List<String> warnings(Answer answer) {
        return answer.as(Publication.class).warnings().stream()
                .map(Warning::code)
                .toList();
    }

    @Test
    void the_longest_code_needs_no_display_name() {
        String name = "n".repeat(100);
        String code = "p".repeat(100) + "/" + name;

        Answer published = registry.publish(Registry.version(code, "1.0.0-" + "1".repeat(250)));

        assertThat(published.status()).as(published.text()).isEqualTo(201);
        String exported = registry.client.get("/api/v1/export").text();
        assertThat(exported).contains("\"display_name\":\"" + name + "\"");
        Registry other = Registry.of(server);
        assertThat(other.importLines(exported).status()).isEqualTo(200);
        assertThat(other.client.get("/api/v1/export").text()).isEqualTo(exported);
    }
}
