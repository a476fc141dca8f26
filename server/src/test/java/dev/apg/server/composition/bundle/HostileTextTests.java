package dev.apg.server.composition.bundle;

import static dev.apg.server.composition.bundle.HostileTexts.TEXTS;
import static dev.apg.server.composition.bundle.HostileTexts.mapping;
import static dev.apg.server.composition.bundle.HostileTexts.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class HostileTextTests {
    private final Bundle bundle = HostileTexts.bundle().render();

    @Test
    void kubernetes_shows_the_process_every_text_as_it_was_written() {
        HostileTexts.assertSeen(BundleInputs.kubernetesObjects(bundle));
        assertThat(KubernetesObjects.of(bundle).objects()).isNotEmpty();
    }

    @Test
    void a_reader_of_yaml_1_1_sees_the_same_texts() {
        List<Map<String, Object>> objects = new java.util.ArrayList<>();
        new Yaml()
                .loadAll(BundleInputs.text(bundle, "kubernetes/workloads/hostile.yaml"))
                .forEach(object -> objects.add(mapping(object)));

        HostileTexts.assertSeen(objects);
        assertSeenInCompose(mapping(new Yaml().load(BundleInputs.text(bundle, "compose.yaml"))));
    }

    @Test
    void compose_shows_the_process_every_text_as_it_was_written() throws IOException {
        assertSeenInCompose(BundleInputs.yaml(BundleInputs.text(bundle, "compose.yaml")));
        assertThat(ComposeFileTests.errors(bundle)).isEmpty();
    }

    private static void assertSeenInCompose(Map<String, Object> compose) {
        Map<String, Object> service = mapping(mapping(compose.get("services")).get("hostile"));
        Map<String, Object> environment = mapping(service.get("environment"));
        for (int i = 0; i < TEXTS.size(); i++) {
            assertThat(ComposeText.seen((String) environment.get("LITERAL_" + i), Map.of()))
                    .isEqualTo(TEXTS.get(i));
            assertThat(ComposeText.seen((String) environment.get("CONFIGURED_" + i), Map.of()))
                    .isEqualTo(TEXTS.get(i));
        }
        assertThat(texts(service.get("command")).stream().map(text -> ComposeText.seen(text, Map.of())))
                .containsExactlyElementsOf(TEXTS);
    }

    @Test
    void the_example_of_variables_stays_one_assignment_a_line() {
        assertThat(BundleInputs.text(bundle, ".env.example").lines())
                .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.matches("[A-Z_0-9]+=''"));
    }

    @Test
    void the_readme_shows_texts_without_markup_or_invisible_characters() {
        String readme = BundleInputs.text(bundle, "README.md");

        assertThat(readme).contains("\\#comment", "\\`backtick\\`", "> \\- item");
        assertThat(readme).doesNotContain("\u001b", "\u202e", "\ufeff");
        assertThat(readme.lines().filter(line -> line.startsWith("# "))).hasSize(1);
    }

    @Test
    void texts_that_no_process_can_be_given_are_problems() {
        for (String text : List.of("nul\0", "del\u007f", "next line\u0085", "\uffff", "lone \ud83d surrogate")) {
            assertThat(BundleInputs.aBundle()
                            .version(
                                    "a",
                                    "1.0.0",
                                    "runtime: {image: a, environment: [{name: A, configuration: x}]}",
                                    Map.of("x", text))
                            .check()
                            .problems())
                    .extracting(BundleProblem::code)
                    .containsExactly("bundle.text_not_representable");
        }
    }

    @Test
    void compose_itself_shows_the_texts_where_it_is_installed(@TempDir Path folder) throws IOException {
        if (!Commands.present("docker-compose")) {
            Commands.skip("docker-compose is not installed, so Compose does not read hostile texts");
        }
        BundleInputs.write(bundle, folder);
        Path file = folder.resolve("compose.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst("name: .*\n", ""));

        // Warnings about variables would mean that a text was taken for one.
        String rendered = Commands.run(folder, "docker-compose", "config").expectSuccess();

        Map<String, Object> service =
                mapping(mapping(HostileTexts.documents(rendered).getFirst().get("services"))
                        .get("hostile"));
        Map<String, Object> environment = mapping(service.get("environment"));
        for (int i = 0; i < TEXTS.size(); i++) {
            assertThat(String.valueOf(environment.get("LITERAL_" + i)).replace("$$", "$"))
                    .isEqualTo(TEXTS.get(i));
            assertThat(String.valueOf(environment.get("CONFIGURED_" + i)).replace("$$", "$"))
                    .isEqualTo(TEXTS.get(i));
        }
    }
}
