package dev.apg.resolver.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        JsonNode expected = each.required("expect");
        JsonNode answer = ProblemCase.answer(problem, each);
        assertThat(answer.required("status").asString())
                .isEqualTo(expected.required("status").asString());
        if (answer.required("status").asString().equals("sat")) {
            checkSolution(problem, Problem.ints(answer.required("ids")));
        }
        if (expected.has("allSolutions")) {
            assertThat(expected.required("allSolutions").toString())
                    .contains(answer.required("ids").toString());
        }
    }

    private static void checkSolution(Problem problem, int[] ids) {
        Set<Integer> chosen = new HashSet<>(Arrays.stream(ids).boxed().toList());
        Set<Integer> names = new HashSet<>();
        for (int id : ids) {
            Problem.Version version = problem.versions[id];
            assertThat(names.add(version.name) || !problem.oneOfAName).isTrue();
            for (int set : version.required) {
                assertThat(Arrays.stream(problem.sets[set])).anyMatch(chosen::contains);
            }
            for (int set : version.conflicts) {
                assertThat(Arrays.stream(problem.sets[set]).filter(other -> other != id))
                        .noneMatch(chosen::contains);
            }
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
