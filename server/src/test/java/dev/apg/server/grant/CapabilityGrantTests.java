package dev.apg.server.grant;

import static dev.apg.server.grant.People.detail;
import static dev.apg.server.grant.People.done;
import static dev.apg.server.grant.People.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.grant.People.Member;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapabilityGrantTests {
    private static final String PAYMENTS = "/api/v1/capabilities/payments";

    @AutoClose
    private final TestServer server = TestServer.start();

    private People people;
    private Member ana;
    private Member bob;

    @BeforeEach
    void start() {
        people = People.in(server);
        ana = people.member("ana", "capability_developer");
        bob = people.member("bob", "capability_developer");
        people.team("payments-core", ana);
    }

    private static Answer publish(TestClient client, String code, String number) {
        return client.post("/api/v1/capabilities/%s/versions".formatted(code), version(code, number));
    }

    private void own() {
        done(ana.client().post(PAYMENTS + "/versions?owned_by=team:payments-core", version("payments", "1.0.0")));
    }

    @Test
    void a_capability_that_a_team_owns_is_changed_by_its_members_and_read_by_all() {
        own();

        assertThat(publish(ana.client(), "payments", "1.1.0").status()).isEqualTo(201);
        assertThat(bob.client().get(PAYMENTS + "/versions/1.1.0").status()).isEqualTo(200);
        Answer refused = publish(bob.client(), "payments", "1.2.0");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("permission.denied");
        assertThat(detail(refused))
                .isEqualTo("this needs capability:publish on payments, which team payments-core owns;"
                        + " you have capability:publish, but no grant on payments");
        assertThat(bob.client().patch(PAYMENTS, Map.of("description", "mine")).status())
                .isEqualTo(403);
        assertThat(bob.client()
                        .put(PAYMENTS + "/status", Map.of("status", "deprecated"))
                        .status())
                .isEqualTo(403);
        assertThat(bob.client()
                        .put(PAYMENTS + "/versions/1.1.0/state", Map.of("state", "yanked", "reason", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(bob.client()
                        .put(PAYMENTS + "/owner", Map.of("owned_by", "me"))
                        .status())
                .isEqualTo(403);
        assertThat(people.administrator()
                        .patch(PAYMENTS, Map.of("description", "by an administrator"))
                        .status())
                .isEqualTo(200);
        Member registrar = people.member("registrar", "registry_administrator");
        assertThat(publish(registrar.client(), "payments", "1.3.0").status()).isEqualTo(201);
        JsonNode denial = people.administrator()
                .get("/api/v1/audit?action=access.denied&actor=bob&limit=100")
                .json()
                .at("/items/0/after");
        assertThat(denial.get("left_out_by_grants").asBoolean()).isTrue();
        assertThat(denial.get("left_out_by_scopes").asBoolean()).isFalse();
        assertThat(denied("payments"))
                .containsExactlyInAnyOrder(
                        "capability payments POST /api/v1/capabilities/{code}/versions",
                        "capability payments PATCH /api/v1/capabilities/{code}",
                        "capability payments PUT /api/v1/capabilities/{code}/status",
                        "version payments@1.1.0 PUT /api/v1/capabilities/{code}/versions/{number}/state",
                        "capability payments PUT /api/v1/capabilities/{code}/owner");
    }

    /** What the audit log has of refusals on something. */
    private List<String> denied(String target) {
        return people.administrator()
                .get("/api/v1/audit?action=access.denied&limit=100&target=" + target)
                .json()
                .get("items")
                .valueStream()
                .map(entry -> "%s %s %s"
                        .formatted(
                                entry.get("target_kind").asString(),
                                entry.get("target").asString(),
                                entry.at("/after/operation").asString()))
                .toList();
    }

    @Test
    void whoever_is_refused_on_one_name_after_another_does_not_fill_the_audit_log() {
        Member observer = people.member("curious", "observer");
        for (int i = 0; i < 30; i++) {
            assertThat(observer.client()
                            .put("/api/v1/capabilities/name-%d/status".formatted(i), Map.of("status", "deprecated"))
                            .status())
                    .isEqualTo(403);
        }

        assertThat(people.administrator()
                        .get("/api/v1/audit?action=access.denied&actor=curious&limit=100")
                        .json()
                        .get("items"))
                .hasSize(20);
    }

    @Test
    void what_nobody_owns_is_open_and_only_administrators_give_it_an_owner() {
        done(publish(bob.client(), "payments", "1.0.0"));
        assertThat(publish(ana.client(), "payments", "1.1.0").status()).isEqualTo(201);
        Answer claimed = bob.client().put(PAYMENTS + "/owner", Map.of("owned_by", "me"));
        assertThat(claimed.status()).isEqualTo(403);
        assertThat(detail(claimed)).startsWith("this needs capability:administer; ");

        done(people.administrator().put(PAYMENTS + "/owner", Map.of("owned_by", "team:payments-core")));

        assertThat(publish(bob.client(), "payments", "1.2.0").status()).isEqualTo(403);
        assertThat(publish(ana.client(), "payments", "1.2.0").status()).isEqualTo(201);
        assertThat(ana.client().get(PAYMENTS + "/grants").json().at("/items/0").toString())
                .isEqualTo(
                        "{\"grantee\":\"team:payments-core\",\"name\":\"payments-core\",\"level\":\"own\",\"gone\":false}");
        done(ana.client().delete(PAYMENTS + "/grants"));
        assertThat(publish(bob.client(), "payments", "1.3.0").status()).isEqualTo(201);
    }

    @Test
    void an_owner_lets_others_change_it_and_gives_it_away() {
        own();
        done(ana.client().put(PAYMENTS + "/grants/" + bob.name(), Map.of("level", "edit")));
        assertThat(publish(bob.client(), "payments", "1.1.0").status()).isEqualTo(201);
        Answer beyond = bob.client().put(PAYMENTS + "/grants/" + bob.name(), Map.of("level", "own"));
        assertThat(beyond.status()).isEqualTo(403);
        assertThat(detail(beyond)).endsWith("but only the grant edit on payments, and this needs own");
        Answer last = ana.client().delete(PAYMENTS + "/grants/team:payments-core");
        assertThat(last.problem()).isEqualTo("grant.last_owner");
        assertThat(ana.client()
                        .put(PAYMENTS + "/grants/" + bob.name(), Map.of("level", "read"))
                        .problem())
                .isEqualTo("grant.level");
        done(ana.client().delete(PAYMENTS + "/grants/" + bob.name()));
        assertThat(publish(bob.client(), "payments", "1.2.0").status()).isEqualTo(403);

        Answer given = done(ana.client().put(PAYMENTS + "/owner", Map.of("owned_by", bob.name())));

        assertThat(given.json().get("owner").asString()).isEqualTo("bob");
        assertThat(publish(ana.client(), "payments", "1.2.0").status()).isEqualTo(403);
        assertThat(publish(bob.client(), "payments", "1.2.0").status()).isEqualTo(201);
        assertThat(people.administrator()
                        .get("/api/v1/audit?action=capability.transferred&target=payments")
                        .json()
                        .get("total_count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void the_owner_that_is_shown_is_the_one_that_counts() {
        own();
        String saysElse = "{\"format\": \"apg.version/1\", \"capability\": \"payments\", \"version\": \"1.1.0\","
                + " \"about\": {\"owner\": \"somebody\", \"description\": \"pays\"}}";
        Answer published = done(ana.client().post(PAYMENTS + "/versions", saysElse));
        assertThat(published.json().at("/warnings").toString()).contains("capability.owned", "somebody");
        JsonNode shown = ana.client()
                .with("X-APG-Min-Seq", published.header("X-APG-Seq").orElseThrow())
                .get(PAYMENTS)
                .json();
        assertThat(shown.get("owner").asString()).isEqualTo("payments-core");
        assertThat(shown.get("description").asString()).isEqualTo("pays");
        assertThat(ana.client()
                        .put(PAYMENTS + "/owner", Map.of("owner", "somebody"))
                        .problem())
                .isEqualTo("capability.owned");
        assertThat(ana.client().patch(PAYMENTS, Map.of("owner", "somebody")).problem())
                .isEqualTo("capability.owned");
        assertThat(ana.client().put(PAYMENTS + "/owner", Map.of()).problem()).isEqualTo("owner.one");
    }

    @Test
    void an_import_names_every_capability_of_others_that_it_would_change() {
        own();
        done(ana.client().post("/api/v1/capabilities?owned_by=team:payments-core", Map.of("capability", "refunds")));
        String lines = Stream.of(version("payments", "1.0.0"), version("mine", "1.0.0"))
                .reduce("", (text, line) -> text + line + "\n");
        assertThat(imported(bob.client(), lines).status())
                .as("what it does not change needs no grant")
                .isEqualTo(200);

        Answer refused = imported(
                bob.client(),
                version("payments", "2.0.0") + "\n" + version("refunds", "2.0.0") + "\n" + version("mine", "2.0.0")
                        + "\n");

        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.json()
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("value").asString()))
                .containsExactly("payments", "refunds");
        assertThat(detail(refused)).contains("which team payments-core owns", "and 1 more");
        assertThat(bob.client().get("/api/v1/capabilities/mine/versions/2.0.0").status())
                .as("nothing was imported")
                .isEqualTo(404);
        assertThat(imported(ana.client(), version("payments", "2.0.0") + "\n" + version("refunds", "2.0.0") + "\n")
                        .status())
                .isEqualTo(200);
    }

    private static Answer imported(TestClient client, String lines) {
        return client.send("POST", "/api/v1/imports", BodyPublishers.ofString(lines), "application/jsonl");
    }

    @Test
    void nobody_makes_something_for_a_team_that_they_do_not_belong_to() {
        Answer refused =
                bob.client().post(PAYMENTS + "/versions?owned_by=team:payments-core", version("payments", "1.0.0"));
        assertThat(refused.status()).isEqualTo(403);
        Answer unknown = ana.client().post(PAYMENTS + "/versions?owned_by=team:ghosts", version("payments", "1.0.0"));
        assertThat(unknown.problem()).isEqualTo("grantee.unknown");
        assertThat(detail(unknown)).contains("owned_by: team:ghosts", "team:CODE");
        done(bob.client().post(PAYMENTS + "/versions?owned_by=me", version("payments", "1.0.0")));
        assertThat(publish(ana.client(), "payments", "1.1.0").status()).isEqualTo(403);
    }

    @Test
    void what_a_deleted_team_or_a_revoked_token_owned_is_nobodys_until_an_administrator_transfers_it() {
        own();
        done(people.administrator().delete("/api/v1/teams/payments-core"));

        assertThat(publish(ana.client(), "payments", "1.1.0").status()).isEqualTo(403);
        JsonNode grants = bob.client().get(PAYMENTS + "/grants").json();
        assertThat(grants.get("orphaned").asBoolean()).isTrue();
        assertThat(grants.at("/items/0/gone").asBoolean()).isTrue();
        done(people.administrator().put(PAYMENTS + "/owner", Map.of("owned_by", bob.name())));
        assertThat(bob.client().get(PAYMENTS + "/grants").json().get("orphaned").asBoolean())
                .isFalse();
        people.administrator().delete("/api/v1/tokens/" + bob.name().substring("token:".length()));
        assertThat(ana.client().get(PAYMENTS + "/grants").json().get("orphaned").asBoolean())
                .isTrue();
        people.team("payments-core");
        assertThat(publish(ana.client(), "payments", "1.1.0").status())
                .as("another team of the same code has nothing of it")
                .isEqualTo(403);
    }

    @Test
    void of_two_who_transfer_what_they_saw_one_succeeds() {
        own();
        String seq = people.administrator()
                .patch(PAYMENTS, Map.of("description", "seen"))
                .header("X-APG-Seq")
                .orElseThrow();
        String seen = ana.seeing(seq).client().get(PAYMENTS).header("ETag").orElseThrow();
        TestClient late = server.client(ana.text()).with("If-Match", seen);
        List<Integer> statuses = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> late.put(
                                PAYMENTS + "/owner", Map.of("owned_by", i == 0 ? "me" : bob.name()))
                        .status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
        assertThat(statuses.getFirst()).isEqualTo(200);
        assertThat(statuses.getLast()).isIn(403, 412);
        assertThat(people.administrator()
                        .get(PAYMENTS + "/grants")
                        .json()
                        .get("total_count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void nothing_is_published_after_the_grant_was_taken() {
        own();
        for (int i = 0; i < 10; i++) {
            done(ana.client().put(PAYMENTS + "/grants/" + bob.name(), Map.of("level", "edit")));
            String number = "2.%d.0".formatted(i);
            var published = CompletableFuture.supplyAsync(() -> publish(bob.client(), "payments", number));
            Answer taken = done(ana.client().delete(PAYMENTS + "/grants/" + bob.name()));
            Answer answer = published.join();
            assertThat(answer.status()).isIn(201, 403);
            if (answer.status() == 201) {
                assertThat(seq(answer)).as("in the order of the log").isLessThan(seq(taken));
            }
        }
    }

    private static long seq(Answer answer) {
        return Long.parseLong(answer.header("X-APG-Seq").orElseThrow().split("\\.")[1]);
    }
}
