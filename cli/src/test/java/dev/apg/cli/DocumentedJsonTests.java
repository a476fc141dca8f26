package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.Pages;
import dev.apg.contract.WireJson;
import dev.apg.contract.capability.StateChange;
import dev.apg.contract.composition.ApplyOperations;
import dev.apg.contract.impact.Candidate;
import dev.apg.contract.impact.ImpactAnswer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the documentation shows as JSON is what the server takes and answers. */
class DocumentedJsonTests {
    private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void every_block_is_one_of_those_that_are_checked_here() {
        assertThat(Pages.all().stream()
                        .flatMap(page ->
                                BLOCK.matcher(Pages.text(page)).results().map(block -> page)))
                .containsExactly("docs/compositions.md", "docs/formats.md", "docs/impact.md", "docs/impact.md");
    }

    @Test
    void the_operations_are_read_as_a_request() {
        ApplyOperations request =
                WireJson.MAPPER.readValue(block("docs/compositions.md").toString(), ApplyOperations.class);
        assertThat(request.operations()).hasSize(2);
    }

    @Test
    void the_lock_is_a_part_of_the_one_that_the_sample_gives() {
        Cli cli = Cli.onSharedServer(directory);
        String samples = Pages.ROOT.resolve("samples/online-boutique").toString();
        cli.run("import", samples);
        cli.run("compose", "create", "--if-absent", "-f", samples + "/composition.yaml");
        cli.run("freeze", "online-boutique");
        JsonNode lock =
                cli.run("compose", "show", "online-boutique@1", "--json").json().path("lock");

        JsonNode shown = block("docs/formats.md");
        for (String part : List.of("format", "composition", "policy")) {
            assertThat(shown.get(part)).as(part).isEqualTo(lock.get(part));
        }
        lock.path("entries").values().forEach(entry -> ((ObjectNode) entry).put("digest", "sha256:…"));
        for (String part : List.of("entries", "bindings")) {
            assertThat(lock.get(part).valueStream())
                    .as(part)
                    .containsAll(shown.get(part).valueStream().toList());
        }
        assertThat(shown.propertyNames()).containsExactlyInAnyOrderElementsOf(lock.propertyNames());
    }

    @Test
    void the_candidate_is_read_as_a_request_and_the_answer_as_one() {
        List<JsonNode> blocks = BLOCK.matcher(Pages.text("docs/impact.md"))
                .results()
                .map(found -> WireJson.MAPPER.readTree(found.group(1)))
                .toList();
        Candidate candidate = WireJson.MAPPER.treeToValue(blocks.getFirst(), Candidate.class);
        ImpactAnswer answer = WireJson.MAPPER.treeToValue(blocks.getLast(), ImpactAnswer.class);
        assertThat(candidate)
                .isEqualTo(new Candidate.CandidateState(
                        answer.candidate().capability(), "7.2.5", StateChange.Wanted.YANKED));
        JsonNode written = WireJson.MAPPER.valueToTree(answer);
        assertThat(written.propertyNames())
                .containsExactlyInAnyOrderElementsOf(blocks.getLast().propertyNames());
        assertThat(written.at("/items/0")).isEqualTo(blocks.getLast().at("/items/0"));
    }

    private static JsonNode block(String page) {
        Matcher block = BLOCK.matcher(Pages.text(page));
        assertThat(block.find()).as(page).isTrue();
        return WireJson.MAPPER.readTree(block.group(1));
    }
}
