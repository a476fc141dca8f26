package dev.apg.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of security claims nothing that no test proves. */
class SecurityDocumentTests {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern TEST = Pattern.compile("`([A-Za-z0-9]+Tests)`");

    /** Of the requirements and of the attacks: the last column tells who tests them. */
    private static List<String> claims() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("docs/security.md"));
        return lines.subList(lines.indexOf("| item | in short | tested by |"), lines.size()).stream()
                .filter(line -> line.startsWith("| ") && !line.endsWith("| tested by |"))
                .toList();
    }

    private static Set<String> tests() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Tests.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void each_claim_has_tests_that_exist_or_says_not_yet() throws IOException {
        Set<String> tests = tests();
        assertThat(claims()).hasSizeGreaterThan(80).allSatisfy(claim -> {
            String proof = claim.substring(claim.lastIndexOf("| ", claim.length() - 3) + 2, claim.length() - 2);
            List<String> named =
                    TEST.matcher(proof).results().map(match -> match.group(1)).toList();
            if (!proof.equals("not yet")) {
                assertThat(named).as(claim).isNotEmpty();
                assertThat(String.join(
                                ", ", named.stream().map("`%s`"::formatted).toList()))
                        .isEqualTo(proof);
                assertThat(tests).as(claim).containsAll(named);
            }
        });
    }
}
