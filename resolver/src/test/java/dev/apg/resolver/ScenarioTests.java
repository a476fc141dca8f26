package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Scenario files say what there is, what is asked, and the exact text of the answer; see {@link Scenario}. */
class ScenarioTests {
    @TestFactory
    List<DynamicTest> every_scenario_gets_the_answer_that_its_file_states() throws IOException, URISyntaxException {
        Path folder = Path.of(ScenarioTests.class.getResource("/scenarios").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<DynamicTest> tests = files.sorted()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> {
                        Scenario scenario = Scenario.read(file);
                        assertThat(scenario.answer()).isEqualTo(scenario.expected());
                    }))
                    .toList();
            assertThat(tests).isNotEmpty();
            return tests;
        }
    }
}
