package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.testing.Pages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation points to is there. */
class DocumentedLinksTests {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern PAGE_IN_CODE = Pattern.compile("docs/[a-z/-]+\\.md");

    static List<String> pages() {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_to_a_file_or_heading_of_ours_leads_somewhere(String page) {
        List<String> broken = new ArrayList<>();
        String text = BLOCK.matcher(Pages.text(page)).replaceAll("");
        for (MatchResult link : LINK.matcher(text).results().toList()) {
            String target = link.group(1);
            if (!target.matches("[a-z]+:.*") && !leadsSomewhere(page, target)) {
                broken.add(target);
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(String page, String target) {
        String[] parts = target.split("#", 2);
        Path here = Pages.ROOT.resolve(page);
        Path there = parts[0].isEmpty() ? here : here.resolveSibling(parts[0]).normalize();
        return Files.exists(there)
                && (parts.length == 1
                        || anchors(Pages.text(Pages.ROOT.relativize(there).toString()))
                                .contains(parts[1]));
    }

    /** As forges make them of headings: lower case, spaces as hyphens, no punctuation. */
    private static List<String> anchors(String text) {
        return HEADING.matcher(BLOCK.matcher(text).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void every_page_that_the_code_names_exists() throws Exception {
        List<String> missing = new ArrayList<>();
        for (String module : List.of("resolver", "contract", "server", "cli", "bench")) {
            try (Stream<Path> files = Files.walk(Pages.ROOT.resolve(module).resolve("src/main"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    PAGE_IN_CODE
                            .matcher(Files.readString(file))
                            .results()
                            .map(MatchResult::group)
                            .filter(page -> !Files.exists(Pages.ROOT.resolve(page)))
                            .forEach(page -> missing.add(file.getFileName() + ": " + page));
                }
            }
        }
        assertThat(missing).isEmpty();
    }
}
