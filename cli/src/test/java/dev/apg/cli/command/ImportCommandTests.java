package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void a_directory_is_imported_as_a_whole_or_not_at_all() throws IOException {
        write("fleet/boat.capability.yaml", """
                format: apg.version/1
                capability: fleet-boat
                version: 1.0.0
                requirements: [{capability: fleet-harbour}]
                """);
        write("fleet/harbour/capability.yaml", """
                format: apg.version/1
                capability: fleet-harbour
                version: one
                """);
        write("fleet/pier/capability.yaml", """
                # The error stands on line 5 of this file.

                format: apg.version/1
                capability: fleet-pier
                version: two
                """);

        Cli.Outcome refused = cli.run("import", "fleet");
        assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err())
                .contains(
                        "fleet/harbour/capability.yaml:3: version: one", "fleet/pier/capability.yaml:5: version: two");
        assertThat(cli.run("show", "fleet-boat").code()).isEqualTo(ExitCode.NOT_FOUND);

        write("fleet/harbour/capability.yaml", "format: apg.version/1\ncapability: fleet-harbour\nversion: 1.0.0\n");
        Files.delete(directory.resolve("fleet/pier/capability.yaml"));
        assertThat(cli.run("import", "--dry-run", "fleet").out())
                .startsWith("Dry run, nothing was written, of 2 documents: 2 versions to be published.");
        assertThat(cli.run("show", "fleet-boat").code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("import", "fleet").out()).startsWith("Imported 2 documents: 2 versions published.");
        assertThat(cli.run("import", "fleet").out())
                .startsWith("Imported 2 documents: 2 versions there already with the same content.");
        assertThat(cli.run("import", "fleet", "--json").json().path("unchanged").asInt())
                .isEqualTo(2);
        assertThat(cli.run("show", "fleet-harbour").out()).contains("fleet-boat");
    }

    @Test
    void errors_are_told_in_the_order_of_files_and_lines() throws IOException {
        write("order/b.capability.yaml", """
                format: apg.version/1
                capability: order-b
                requirements: [{capability: nobody-published-this}]
                version: two
                """);
        write("order/a.capability.yaml", """
                format: apg.version/1
                capability: order-a
                version: 1.0.0
                requirements:
                  - {capability: order-b, range: ^^1}
                """);

        Cli.Outcome refused = cli.run("import", "order");

        List<String> lines = refused.err().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("apg: Nothing was imported: %d errors.", lines.size() - 1);
        assertThat(lines.subList(1, lines.size()))
                .isSorted()
                .anySatisfy(line -> assertThat(line)
                        .startsWith("apg: order/a.capability.yaml:5: requirements[0].range: ^^1 (expected: "));
        Cli.Outcome one = cli.run("publish", "order/a.capability.yaml");
        assertThat(one.err()).startsWith("apg: order/a.capability.yaml");
    }

    @Test
    void states_in_an_import_are_counted() throws IOException {
        write("version.yaml", "format: apg.version/1\ncapability: stated\nversion: 1.0.0\n");
        write("state.yaml", """
                format: apg.state/1
                capability: stated
                version: 1.0.0
                state: yanked
                reason: loses data
                """);

        assertThat(cli.run("import", "version.yaml").out()).isEqualTo("Imported 1 document: 1 version published.\n");
        assertThat(cli.run("import", "state.yaml").out()).isEqualTo("Imported 1 document: 1 state changed.\n");
        assertThat(cli.run("import", "state.yaml").out())
                .isEqualTo("Imported 1 document: nothing is new or changed.\n");
    }

    @Test
    void all_kinds_of_documents_of_one_import_are_counted() throws IOException {
        write("all-kinds.yaml", """
                format: apg.version/1
                capability: all-kinds
                version: 1.0.0
                ---
                format: apg.state/1
                capability: all-kinds
                version: 1.0.0
                state: deprecated
                reason: old
                ---
                format: apg.capability/1
                capability: all-kinds
                status: deprecated
                ---
                format: apg.service/1
                service: all-kinds-of-service
                """);

        assertThat(cli.run("import", "all-kinds.yaml").out())
                .startsWith("Imported 4 documents: 1 version published, 1 state changed, 1 capability described,"
                        + " 1 service declared.");
    }

    @Test
    void capabilities_that_an_import_registers_or_changes_are_counted() throws IOException {
        write(
                "described.yaml",
                "format: apg.capability/1\ncapability: ended\nabout:\n  description: without a version\n");
        write("version.yaml", "format: apg.version/1\ncapability: ended\nversion: 1.0.0\n");
        write("deprecated.yaml", "format: apg.capability/1\ncapability: ended\nstatus: deprecated\n");

        assertThat(cli.run("import", "described.yaml").out())
                .isEqualTo("Imported 1 document: 1 capability registered.\n");
        assertThat(cli.run("import", "version.yaml").code()).isEqualTo(ExitCode.OK);
        assertThat(cli.run("import", "--dry-run", "deprecated.yaml").out())
                .isEqualTo("Dry run, nothing was written, of 1 document: 1 capability to be changed.\n");
        assertThat(cli.run("import", "deprecated.yaml").out())
                .isEqualTo("Imported 1 document: 1 capability changed.\n");
        assertThat(cli.run("import", "deprecated.yaml").out())
                .isEqualTo("Imported 1 document: nothing is new or changed.\n");
    }

    @Test
    void json_lines_from_standard_input_are_imported_and_errors_name_their_line() {
        Cli.Outcome imported = cli.reading("""
                {"format":"apg.version/1","capability":"lines-a","version":"1.0.0"}
                {"format":"apg.version/1","capability":"lines-b","version":"1.0.0"}
                """).run("import", "-");
        assertThat(imported.out()).startsWith("Imported 2 documents: 2 versions published.");

        Cli.Outcome refused = cli.reading("""
                {"format":"apg.version/1","capability":"lines-c","version":"1.0.0"}
                {"format":"apg.version/1","capability":"lines-d","version":"1.0.0","colour":"red"}
                """).run("import", "-");
        assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err()).contains("standard input:2: colour");
        assertThat(cli.reading("format: apg.version/1\ncapability: from-yaml\nversion: 1.0.0\n")
                        .run("import", "-", "--stdin-form", "yaml")
                        .code())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void a_standard_input_that_breaks_is_told_as_that_however_long_it_was() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }
        };
        for (int before : new int[] {0, 5 << 20}) {
            Cli.Outcome refused = cli.reading(
                            () -> new SequenceInputStream(new ByteArrayInputStream(new byte[before]), broken))
                    .run("import", "-");

            assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.err()).isEqualTo("apg: The standard input cannot be read: Input/output error\n");
        }
    }

    @Test
    void an_export_imports_elsewhere_to_the_same_digests() throws IOException {
        write("moved.yaml", "format: apg.version/1\ncapability: moved\nversion: 1.0.0\nabout: {owner: us}\n");
        String digest =
                cli.run("publish", "moved.yaml", "--json").json().path("digest").asString();

        assertThat(cli.run("export", "-o", "all.jsonl").code()).isEqualTo(ExitCode.OK);
        assertThat(directory.resolve("all.jsonl.part")).doesNotExist();
        assertThat(cli.run("export").out()).contains("\"moved\"");

        try (TestServer other = TestServer.start()) {
            Cli there = Cli.on(other, directory);
            assertThat(there.run("import", "all.jsonl").code()).isEqualTo(ExitCode.OK);
            assertThat(there.run("show", "moved@1.0.0", "--json")
                            .json()
                            .path("version")
                            .path("digest")
                            .asString())
                    .isEqualTo(digest);
        }
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
