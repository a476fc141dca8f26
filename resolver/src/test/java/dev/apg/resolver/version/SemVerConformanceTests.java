package dev.apg.resolver.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** node-semver's own fixtures, which are kept outside this repository. */
class SemVerConformanceTests {
    @TestFactory
    List<DynamicTest> every_case_of_node_semver_is_answered_as_node_semver_does() {
        Path file = sharedDirectory().resolve("conformance/data/semver.json");
        if (!Files.exists(file)) {
            String message = "SKIPPED: no conformance data at " + file + " (set APG_SHARED to where it is)";
            assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
            System.out.println(message);
            assumeTrue(false, message);
        }
        List<DynamicTest> tests = new ArrayList<>();
        JsonNode cases = JsonMapper.shared().readTree(file).required("cases");
        for (JsonNode semverCase : cases) {
            String name = "case " + tests.size() + ": " + semverCase;
            tests.add(dynamicTest(
                    name,
                    () -> assertThat(SemVerCases.answer(semverCase))
                            .hasToString(semverCase.required("expect").toString())));
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    /** {@code APG_SHARED}, by default the directory "shared" beside the repository. */
    private static Path sharedDirectory() {
        String configured = System.getenv("APG_SHARED");
        if (configured != null) {
            return Path.of(configured).toAbsolutePath();
        }
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("bin/mvn")) && root.getParent() != null) {
            root = root.getParent();
        }
        return root.resolveSibling("shared");
    }
}
