package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Drafts with many and large operations: what is read at once, kept and audited has a bound. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DraftHistoryTests {
    private static final String LIST = "/api/v1/compositions";

    @AutoClose
    private final TestServer server = TestServer.start();

    private TestClient designer;

    /** Sees the capabilities that {@link #draft} configures. */
    private TestClient reader;

    @BeforeAll
    void start() {
        designer = server.client();
        reader = configurable();
    }

    @Test
    void operations_end_early_where_they_would_be_many_megabytes_and_a_base_behind_them_is_too_far() {
        designer.post(LIST, Map.of("code", "heavy"));
        for (int i = 1; i <= 7; i++) {
            Answer replaced = reader.with("If-Match", "*").put(LIST + "/heavy/draft", draft("heavy", 16, i));
            assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        }

        List<Integer> numbers = new ArrayList<>();
        int pages = 0;
        for (JsonNode page; numbers.size() < 7; pages++) {
            int after = numbers.isEmpty() ? 0 : numbers.getLast();
            Answer answer = designer.get(LIST + "/heavy/draft/operations?limit=500&after=" + after);
            assertThat(answer.body()).hasSizeLessThan(5 * 1024 * 1024);
            page = answer.json();
            assertThat(page.get("draft_number").asInt()).isEqualTo(7);
            assertThat(page.get("operations")).isNotEmpty();
            page.get("operations")
                    .forEach(operation -> numbers.add(operation.get("number").asInt()));
        }
        assertThat(numbers).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(pages).isGreaterThan(1);

        String policy = "{\"based_on\": %d, \"operations\": [{\"op\": \"set_policy\", \"policy\": {}}]}";
        assertThat(designer.post(LIST + "/heavy/draft/operations", policy.formatted(0))
                        .problem())
                .isEqualTo("draft.too_far_behind");
        assertThat(designer.post(LIST + "/heavy/draft/operations", policy.formatted(6))
                        .problem())
                .isEqualTo("draft.changed");
        assertThat(designer.post(LIST + "/heavy/draft/operations", policy.formatted(7))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_document_that_is_too_large_is_refused_even_if_a_small_one_follows_it() {
        designer.post(LIST, Map.of("code", "bulging"));
        String large = draft("bulging", 17, 1);
        String operations =
                "{\"operations\": [{\"op\": \"replace\", \"document\": %s}, {\"op\": \"replace\", \"document\":"
                        + " {\"format\": \"apg.composition/1\", \"composition\": \"bulging\"}}]}";

        Answer refused = reader.post(LIST + "/bulging/draft/operations", operations.formatted(large));

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("draft.too_large");
    }

    @Test
    void of_large_operations_the_newest_megabytes_are_kept_and_older_ones_are_said_to_be_forgotten() {
        designer.post(LIST, Map.of("code", "rewritten"));
        for (int i = 1; i <= 20; i++) {
            Answer replaced = reader.with("If-Match", "*").put(LIST + "/rewritten/draft", draft("rewritten", 16, i));
            assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        }

        Answer first = designer.get(LIST + "/rewritten/draft/operations");

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().get("draft_number").asInt()).isEqualTo(20);
        int oldest = first.json().at("/operations/0/number").asInt();
        assertThat(oldest).isBetween(4, 7);
        String from = LIST + "/rewritten/draft/operations?after=";
        assertThat(designer.get(from + (oldest - 1)).status()).isEqualTo(200);
        Answer forgotten = designer.get(from + (oldest - 2));
        assertThat(forgotten.status()).isEqualTo(410);
        assertThat(forgotten.problem()).isEqualTo("draft.history_forgotten");
        assertThat(forgotten.json().get("detail").asString())
                .startsWith("after: %d (expected: at least %d".formatted(oldest - 2, oldest - 1));
        assertThat(designer.get(LIST + "/rewritten/draft")
                        .json()
                        .at("/configuration/configured-0/number")
                        .asInt())
                .isEqualTo(20);
    }

    @Test
    void of_small_operations_a_bounded_number_is_kept() {
        designer.post(LIST, Map.of("code", "restless"));
        List<String> toggles = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            toggles.add("{\"op\": \"set_policy\", \"policy\": {\"prereleases\": %s}}".formatted(i % 2 == 0));
        }
        String request = "{\"operations\": [%s]}".formatted(String.join(", ", toggles));
        for (int i = 0; i < 36; i++) {
            assertThat(designer.post(LIST + "/restless/draft/operations", request)
                            .status())
                    .isEqualTo(200);
        }

        JsonNode kept =
                designer.get(LIST + "/restless/draft/operations?limit=1").json();

        assertThat(kept.get("draft_number").asInt()).isEqualTo(18_000);
        assertThat(kept.at("/operations/0/number").asInt()).isGreaterThan(18_000 - 16 * 1024);
    }

    @Test
    void a_large_state_is_audited_by_its_length_digest_and_beginning() throws Exception {
        designer.post(LIST, Map.of("code", "weighty"));
        String text = "x".repeat(20_000);
        String operation =
                "{\"op\": \"set_configuration\", \"capability\": \"configured-0\", \"configuration\": {\"text\": \"%s\"}}";
        for (String value : List.of("short", text)) {
            Answer applied = reader.post(
                    LIST + "/weighty/draft/operations", "{\"operations\": [%s]}".formatted(operation.formatted(value)));
            assertThat(applied.status()).as(applied.text()).isEqualTo(200);
        }
        String audited = "{\"text\":\"%s\"}".formatted(text);
        try (var connection = server.database().superuser();
                var rows = connection.createStatement().executeQuery("""
                        SELECT before ->> 'text', after #>> '{shortened,bytes}', after #>> '{shortened,digest}',
                               after #>> '{shortened,begins}'
                        FROM audit_entry WHERE action = 'draft.changed' AND target = 'weighty' ORDER BY entry_id DESC LIMIT 1
                        """)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("short");
            assertThat(rows.getInt(2)).isEqualTo(audited.length());
            assertThat(rows.getString(3))
                    .isEqualTo(
                            Digest.of(audited.getBytes(StandardCharsets.UTF_8)).toString());
            assertThat(rows.getString(4)).isEqualTo(audited.substring(0, 1_000));
        }
    }

    /** A client that sees the capabilities which {@link #draft} configures. */
    private TestClient configurable() {
        Catalogue catalogue = new Catalogue(designer);
        catalogue.publishTogether(IntStream.range(0, 17)
                .mapToObj(i -> Catalogue.document("configured-" + i, "1.0.0"))
                .toArray(String[]::new));
        return catalogue.reader();
    }

    /** About 65 kB for each configuration; 1 MiB is what a draft may have. */
    private static String draft(String composition, int configurations, int number) {
        String configuration = IntStream.range(0, configurations)
                .mapToObj(i -> "\"configured-%d\": {\"number\": %d, \"text\": \"%s\"}"
                        .formatted(i, number, "x".repeat(65_000)))
                .collect(Collectors.joining(", "));
        return "{\"format\": \"apg.composition/1\", \"composition\": \"%s\", \"configuration\": {%s}}"
                .formatted(composition, configuration);
    }
}
