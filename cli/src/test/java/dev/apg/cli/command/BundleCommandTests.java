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

/** A bundle over a former one, and one that is gone. */
class BundleCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void a_bundle_takes_away_what_the_former_one_had_more_when_told_to() throws IOException {
        for (String code : new String[] {"desk-lamp", "desk-fan"}) {
            Files.writeString(
                    directory.resolve("item.yaml"),
                    "format: apg.version/1\ncapability: %s\nversion: 1.0.0\nruntime: {image: 'registry.example/%s:1.0.0'}\n"
                            .formatted(code, code));
            cli.run("publish", "item.yaml");
        }
        cli.run("compose", "create", "desk");
        cli.run("compose", "add", "desk", "desk-lamp");
        cli.run("compose", "add", "desk", "desk-fan");
        assertThat(cli.run("freeze", "desk").code()).isEqualTo(ExitCode.OK);
        cli.run("compose", "remove", "desk", "desk-fan");
        assertThat(cli.run("freeze", "desk").code()).isEqualTo(ExitCode.OK);
        cli.run("bundle", "desk@1", "-o", "desk");
        Path fan = directory.resolve("desk/kubernetes/workloads/desk-fan.yaml");
        assertThat(fan).exists();
        Files.writeString(directory.resolve("desk/.env"), "mine");

        assertThat(cli.run("bundle", "desk@2", "-o", "desk").code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(fan).exists();
        Cli.Outcome forced = cli.run("bundle", "desk@2", "-o", "desk", "--force");

        assertThat(forced.out())
                .contains("Removed, as this bundle does not have it: kubernetes/workloads/desk-fan.yaml\n");
        assertThat(fan).doesNotExist();
        assertThat(directory.resolve("desk/kubernetes/workloads/desk-lamp.yaml"))
                .exists();
        assertThat(directory.resolve("desk/.env")).hasContent("mine");
        assertThat(cli.run("bundle", "desk@2", "-o", "desk", "--json")
                        .json()
                        .path("removed")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void why_a_bundle_is_gone_is_told_whole() throws IOException {
        Files.writeString(
                directory.resolve("leaky.yaml"), "format: apg.version/1\ncapability: leaky-lamp\nversion: 1.0.0\n");
        cli.run("publish", "leaky.yaml");
        cli.run("compose", "create", "leaking");
        cli.run("compose", "add", "leaking", "leaky-lamp");
        cli.run("freeze", "leaking");
        String reason =
                "the password of the lamp stood in its description, where everybody who reads the catalogue saw it for a week";
        cli.run("state", "leaky-lamp@1.0.0", "purged", "--yes", "--reason", reason);

        assertThat(cli.run("compose", "show", "leaking@1").out()).containsPattern("bundle +gone: .*" + reason);
    }
}
