package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        cli = Cli.onSharedServer(directory);
        Files.writeString(directory.resolve("shown.yaml"), """
                format: apg.version/1
                capability: shown-lamp
                version: 1.0.0
                provides: [{service: shown-light, version: 1.0.0}]
                ---
                format: apg.version/1
                capability: shown-lamp
                version: 1.1.0
                provides: [{service: shown-light, version: 1.1.0}]
                ---
                format: apg.version/1
                capability: shown-lamp
                version: 1.2.0
                about: {tags: [postgresql]}
                ---
                format: apg.service/1
                service: shown-shade
                """);
        assertThat(cli.run("import", "shown.yaml").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void every_version_that_is_not_simply_published_is_listed_with_the_reason() {
        cli.run("state", "shown-lamp@1.0.0", "yanked", "--reason", "catches fire");
        cli.run("state", "shown-lamp@1.1.0", "deprecated", "--reason", "dim");

        assertThat(cli.run("show", "shown-lamp").out())
                .contains("1.1.0 is deprecated: dim\n", "1.0.0 is yanked: catches fire\n")
                .contains("shown-lamp 1.2.0 (published)");
        assertThat(cli.run("show", "shown-lamp", "--json")
                        .json()
                        .at("/versions/items/2/state_reason")
                        .asString())
                .isEqualTo("catches fire");
        cli.run("state", "shown-lamp@1.0.0", "published");
        cli.run("state", "shown-lamp@1.1.0", "published");
    }

    @Test
    void every_range_in_which_a_dependent_needs_it_has_a_row() throws IOException {
        Files.writeString(directory.resolve("desk.yaml"), """
                format: apg.version/1
                capability: shown-desk
                version: 1.0.0
                requirements: [{name: lamp, capability: shown-lamp, range: ^1.0.0}]
                ---
                format: apg.version/1
                capability: shown-desk
                version: 2.0.0
                requirements: [{name: lamp, capability: shown-lamp, range: ^1.2.0}]
                """);
        cli.run("import", "desk.yaml");

        assertThat(cli.run("show", "shown-lamp").out())
                .containsPattern("shown-desk +1\\.0\\.0 +lamp +\\^1\\.0\\.0")
                .containsPattern("shown-desk +2\\.0\\.0 +lamp +\\^1\\.2\\.0");
    }

    @Test
    void a_service_is_shown_with_who_provides_it() {
        Cli.Outcome light = cli.run("show", "shown-light");
        assertThat(light.code()).isEqualTo(ExitCode.OK);
        assertThat(light.out())
                .startsWith(
                        "shown-light is a service, not a capability. `apg compose require COMPOSITION shown-light` asks for it.\n")
                .containsPattern("shown-lamp +1.1.0 1.0.0 +1.1.0 1.0.0");
        assertThat(cli.run("show", "shown-light", "--json")
                        .json()
                        .at("/service/code")
                        .asString())
                .isEqualTo("shown-light");
        assertThat(cli.run("show", "shown-shade").out()).contains("Nothing provides it yet.");
        Cli.Outcome version = cli.run("show", "shown-light@1.0.0");
        assertThat(version.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(version.err()).contains("shown-light is a service");
    }

    @Test
    void a_version_that_nothing_has_is_answered_with_those_around_it() {
        Cli.Outcome unknown = cli.run("show", "shown-lamp@1.0.5");

        assertThat(unknown.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(unknown.err())
                .contains("shown-lamp@1.0.5 (expected: a version of shown-lamp, such as 1.0.0, 1.1.0, 1.2.0)");
        assertThat(cli.run("show", "shown-lamp@newest").err()).contains("shown-lamp@newest (expected: ");
    }

    @Test
    void a_code_that_is_like_no_other_leads_to_the_search() {
        assertThat(cli.run("show", "postgress").err())
                .endsWith(
                        "apg: `apg search postgress` looks in names and descriptions, too, and forgives typing errors.\n");
        assertThat(cli.run("search", "postgress").out())
                .startsWith("Nothing matches postgress; these match postgresql.")
                .contains("shown-lamp");
        assertThat(cli.run("show", "shown-lmap").err()).doesNotContain("apg search");
    }

    @Test
    void a_code_that_nothing_has_is_answered_with_the_nearest_one() {
        for (String typed : new String[] {"shown-lmap", "acme/shown-lamp", "acme/shown-lmap", "shown-la"}) {
            Cli.Outcome unknown = cli.run("show", typed);
            assertThat(unknown.code()).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(unknown.err())
                    .isEqualTo("apg: capability: %s (expected: a known capability; did you mean shown-lamp?)%n"
                            .formatted(typed));
        }
    }
}
