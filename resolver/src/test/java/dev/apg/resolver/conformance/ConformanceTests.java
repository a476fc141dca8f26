package dev.apg.resolver.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Cases of libsolv and of aspcud, which are kept outside this repository. */
class ConformanceTests {
    @TestFactory
    List<DynamicTest> every_case_is_answered_as_its_suite_expects() throws IOException {
        Path data = sharedDirectory().resolve("conformance/data");
        if (!Files.exists(data)) {
            String message = "SKIPPED: no conformance data at " + data + " (set APG_SHARED to where it is)";
            assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
            System.out.println(message);
            assumeTrue(false, message);
        }
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(ConformanceTests::isProblem).sorted().toList()) {
                Problem problem = Problem.read(file);
                for (JsonNode each : problem.cases) {
                    tests.add(dynamicTest(each.required("id").asString(), () -> check(problem, each)));
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static boolean isProblem(Path file) {
        return file.toString().endsWith(".json")
                && !file.getFileName().toString().equals("semver.json");
    }

    private static void check(Problem problem, JsonNode each) {
        ProblemJudge judge = new ProblemJudge(problem, each);
        JsonNode expected = each.required("expect");
        JsonNode answer = ProblemCase.answer(problem, each);
        if (expected.has("status")) {
            assertThat(answer.required("status")).isEqualTo(expected.required("status"));
        }
        if (answer.has("core")) {
            assertThat(problem.versions.length)
                    .as("small enough to try everything")
                    .isLessThan(20);
            judge.requireMinimalCore(answer.required("core"));
            return;
        }
        BitSet chosen = new BitSet();
        Arrays.stream(Problem.ints(answer.required("ids"))).forEach(chosen::set);
        assertThat(judge.violations(chosen)).isEmpty();
        if (expected.has("allSolutions")) {
            assertThat(expected.required("allSolutions").valueStream()).contains(answer.required("ids"));
        }
        if (expected.has("optimum")) {
            List<Long> optimum = expected.required("optimum")
                    .valueStream()
                    .map(JsonNode::longValue)
                    .toList();
            assertThat(judge.values(each.required("objective").asString(), chosen))
                    .isEqualTo(optimum);
        }
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
