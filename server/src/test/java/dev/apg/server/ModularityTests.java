package dev.apg.server;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** Each package below this one is a feature: others may use its public types only, and there are no cycles. */
class ModularityTests {
    private static final Path DOCUMENT =
            Path.of("").toAbsolutePath().getParent().resolve("docs/architecture.md");

    /** The row of a feature: its name, what it holds, what others use. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\| (.*) \\| (.*) \\|$");

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private final ApplicationModules modules = ApplicationModules.of(ApgServer.class);

    @Test
    void features_use_only_each_others_public_types_and_form_no_cycle() {
        modules.verify();
    }

    @Test
    void the_architecture_document_names_what_features_use_of_each_other() throws IOException {
        Map<String, String> rows = rows();
        Map<String, Set<String>> used = used();
        assertThat(rows.keySet())
                .containsExactlyInAnyOrderElementsOf(modules.stream()
                        .map(module -> module.getIdentifier().toString())
                        .toList());

        var every = new SoftAssertions();
        rows.forEach((feature, cell) -> {
            Set<String> types = used.getOrDefault(feature, Set.of());
            Set<String> named = names(cell);
            every.assertThat(types).as("what others use of " + feature).containsAll(named);
            if (!cell.endsWith("all of it") && !cell.endsWith("and others")) {
                every.assertThat(named).as("named of " + feature).containsAll(types);
            }
        });
        every.assertAll();
    }

    private static Map<String, String> rows() throws IOException {
        String text = Files.readString(DOCUMENT);
        String features = text.substring(text.indexOf("| package |"), text.indexOf("Dependencies run downwards"));
        return ROW.matcher(features)
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(3), (a, b) -> b, TreeMap::new));
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("`", ""))
                .collect(toCollection(TreeSet::new));
    }

    /** By feature, which of its types others depend on. */
    private Map<String, Set<String>> used() {
        return modules.stream()
                .flatMap(module -> module.getDirectDependencies(modules).stream())
                .collect(groupingBy(
                        dependency -> name(dependency.getTargetModule()),
                        mapping(dependency -> outermost(dependency.getTargetType()), toCollection(TreeSet::new))));
    }

    private static String name(ApplicationModule module) {
        return module.getIdentifier().toString();
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ModularityTests::outermost).orElseGet(type::getSimpleName);
    }
}
