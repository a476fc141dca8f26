package dev.apg.server.capability;

import static dev.apg.server.capability.Registry.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.Publication;
import dev.apg.server.tenancy.Role;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifeCycleTests {
    @AutoClose
    private static final TestServer server = TestServer.start();

    private Registry registry;

    @BeforeEach
    void freshTenant() {
        registry = Registry.of(server);
    }

    @Test
    void a_version_is_yanked_with_a_reason_and_restored() {
        registry.has("redis", "1.0.0");

        Answer yanked = state("redis", "1.0.0", "\"1\"", "yanked", "loses data");
        assertThat(yanked.status()).as(yanked.text()).isEqualTo(200);
        assertThat(yanked.json().get("reason").asString()).isEqualTo("loses data");
        assertThat(yanked.header("ETag")).contains("\"2\"");
        assertThat(registry.version("redis", "1.0.0", "/document").status()).isEqualTo(200);

        assertThat(state("redis", "1.0.0", "\"2\"", "published", null).status()).isEqualTo(200);
    }

    @Test
    void a_reason_is_corrected_by_naming_the_same_state_with_another_one() {
        registry.has("redis", "1.0.0");
        state("redis", "1.0.0", "*", "yanked", "loses data");

        Answer corrected = state("redis", "1.0.0", "*", "yanked", "CVE-2026-1");
        Answer again = state("redis", "1.0.0", "*", "yanked", "CVE-2026-1");

        assertThat(corrected.json().get("reason").asString()).isEqualTo("CVE-2026-1");
        assertThat(corrected.header("ETag")).contains("\"3\"");
        assertThat(again.header("ETag")).contains("\"3\"");
    }

    @Test
    void owners_who_are_named_all_at_once_follow_each_other() throws Exception {
        registry.has("redis", "1.0.0");
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                String owner = "team-" + i;
                answers.add(threads.submit(() -> registry.client
                        .with("If-Match", "*")
                        .put("/api/v1/capabilities/redis/owner", "{\"owner\":\"" + owner + "\"}")));
            }
        }
        for (Future<Answer> answer : answers) {
            assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
        }
    }

    @Test
    void a_change_of_state_needs_the_present_edition_and_a_reason() {
        registry.has("redis", "1.0.0");

        assertThat(registry.client
                        .put(Registry.versions("redis") + "/1.0.0/state", "{\"state\":\"yanked\",\"reason\":\"x\"}")
                        .status())
                .isEqualTo(428);
        assertThat(state("redis", "1.0.0", "\"7\"", "yanked", "x").status()).isEqualTo(412);
        assertThat(state("redis", "1.0.0", "*", "yanked", null).problem()).isEqualTo("reason.missing");
        assertThat(state("redis", "9.9.9", "*", "yanked", "x").problem()).isEqualTo("version.not_found");
    }

    @Test
    void a_purge_removes_the_document_for_ever_and_keeps_number_and_digest() throws SQLException {
        Answer published = registry.publish(version("redis", "1.0.0") + "cost: 77\n");
        String digest = published.as(Publication.class).digest();

        Answer purged = state("redis", "1.0.0", "*", "purged", "a password leaked");

        assertThat(purged.status()).as(purged.text()).isEqualTo(200);
        assertThat(purged.json().get("digest").asString()).isEqualTo(digest);
        assertThat(purged.json().has("document")).isFalse();
        Answer document = registry.version("redis", "1.0.0", "/document");
        assertThat(document.status()).isEqualTo(410);
        assertThat(document.problem()).isEqualTo("version.purged");
        assertThat(registry.client
                        .with("If-None-Match", "\"" + digest + "\"")
                        .get(Registry.versions("redis") + "/1.0.0/document")
                        .status())
                .as("whoever has it is told, too")
                .isEqualTo(410);
        assertThat(registry.publish(version("redis", "1.0.0") + "cost: 77\n").problem())
                .isEqualTo("version.purged");
        assertThat(registry.publish(version("redis", "1.0.0")).problem()).isEqualTo("version.purged");
        assertThat(state("redis", "1.0.0", "*", "published", null).problem()).isEqualTo("version.transition");
        assertThat(audited("redis@1.0.0")).contains("version.purged");
    }

    @Test
    void only_an_administrator_purges() {
        Registry developer = Registry.of(server, Role.CAPABILITY_DEVELOPER);
        developer.has("redis", "1.0.0");

        Answer refused = developer
                .client
                .with("If-Match", "*")
                .put(Registry.versions("redis") + "/1.0.0/state", "{\"state\":\"purged\",\"reason\":\"x\"}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(developer.version("redis", "1.0.0", "/document").status()).isEqualTo(200);
    }

    @Test
    void a_status_follows_only_where_the_life_cycle_allows_it() {
        Answer registered =
                registry.client.post("/api/v1/capabilities", "{\"capability\":\"Cart\",\"status\":\"discovered\"}");
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        assertThat(registered.json().get("code").asString()).isEqualTo("cart");
        assertThat(registry.client
                        .post("/api/v1/capabilities", "{\"capability\":\"cart\"}")
                        .problem())
                .isEqualTo("capability.exists");

        assertThat(status("cart", "active").problem()).isEqualTo("capability.transition");
        assertThat(status("cart", "registered").status()).isEqualTo(200);
        Answer early = status("cart", "validated");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.problem()).isEqualTo("capability.no_version");

        registry.has("cart", "1.0.0");
        assertThat(status("cart", "deprecated").json().get("status").asString()).isEqualTo("deprecated");
        assertThat(status("cart", "retired").status()).isEqualTo(200);
        Answer refused = registry.publish(version("cart", "1.1.0"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("capability.retired");
        assertThat(registry.publish(version("cart", "1.0.0")).status()).isEqualTo(200);
    }

    @Test
    void describing_fields_are_changed_one_by_one_against_an_edition() throws SQLException {
        registry.client.post(
                "/api/v1/capabilities",
                "{\"capability\":\"basket\",\"about\":{\"display_name\":\"Cart\",\"owner\":\"a\"}}");

        Answer changed = registry.client
                .with("If-Match", "\"1\"")
                .patch("/api/v1/capabilities/basket", "{\"category\":\"commerce\"}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.header("ETag")).contains("\"2\"");
        assertThat(changed.json().get("display_name").asString()).isEqualTo("Cart");
        assertThat(changed.json().get("category").asString()).isEqualTo("commerce");
        assertThat(registry.client
                        .with("If-Match", "\"1\"")
                        .patch("/api/v1/capabilities/basket", "{\"category\":\"other\"}")
                        .status())
                .isEqualTo(412);

        Answer moved =
                registry.client.with("If-Match", "\"2\"").put("/api/v1/capabilities/basket/owner", "{\"owner\":\"b\"}");
        assertThat(moved.json().get("owner").asString()).isEqualTo("b");
        assertThat(audited("basket"))
                .containsExactly("capability.registered", "capability.described", "capability.transferred");
    }

    private Answer state(String code, String number, String edition, String state, String reason) {
        String body = reason == null
                ? "{\"state\":\"%s\"}".formatted(state)
                : "{\"state\":\"%s\",\"reason\":\"%s\"}".formatted(state, reason);
        return registry.client.with("If-Match", edition).put(Registry.versions(code) + "/" + number + "/state", body);
    }

    private Answer status(String code, String status) {
        return registry.client
                .with("If-Match", "*")
                .put("/api/v1/capabilities/" + code + "/status", "{\"status\":\"%s\"}".formatted(status));
    }

    /** What the audit log has of a target, in its order. */
    private static List<String> audited(String target) throws SQLException {
        try (Connection connection = server.database().superuser();
                var statement = connection.prepareStatement(
                        "SELECT action FROM audit_entry WHERE target = ? ORDER BY entry_id")) {
            statement.setString(1, target);
            List<String> actions = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    actions.add(rows.getString(1));
                }
            }
            return actions;
        }
    }
}
