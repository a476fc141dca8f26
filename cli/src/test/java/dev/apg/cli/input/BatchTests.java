package dev.apg.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apg.cli.Shell;
import dev.apg.cli.input.Batch.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTests {
    @TempDir
    Path directory;

    @Test
    void yaml_files_are_joined_and_each_is_announced_with_the_line_it_begins_on() throws IOException {
        write("shop/cart/capability.yaml", "a: 1\nb: 2");
        write("shop/2.capability.yaml", "\uFEFFc: 3\n");
        write("shop/notes.yaml", "not: taken\n");

        Batch batch = Batch.of(List.of("shop"), Form.JSON_LINES, shell(""));

        assertThat(batch.form()).isEqualTo(Form.YAML);
        assertThat(new String(batch.open().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("""
                ---
                format: apg.source/1
                source: "shop/2.capability.yaml"
                begins: 6
                ---
                c: 3
                ---
                format: apg.source/1
                source: "shop/cart/capability.yaml"
                begins: 12
                ---
                a: 1
                b: 2
                """);
    }

    @Test
    void nothing_at_all_is_no_import_that_worked() throws IOException {
        write("a.jsonl", "");

        assertThatThrownBy(() -> Batch.of(List.of("-"), Form.JSON_LINES, shell("")))
                .hasMessage("standard input: empty, there is nothing to import");
        assertThatThrownBy(() -> Batch.of(List.of("a.jsonl", "-"), Form.JSON_LINES, shell("")))
                .hasMessage("a.jsonl, standard input: empty, there is nothing to import");
        assertThat(Batch.of(List.of("a.jsonl", "-"), Form.JSON_LINES, shell("{}"))
                        .bytes())
                .isEqualTo(2);
    }

    @Test
    void json_lines_are_joined_and_standard_input_too() throws IOException {
        write("a.jsonl", "{\"a\":1}\n{\"a\":2}");

        Batch batch = Batch.of(List.of("a.jsonl", "-"), Form.JSON_LINES, shell("{\"b\":1}\n"));

        assertThat(batch.bytes()).isEqualTo(23);
        assertThat(new String(batch.open().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("""
                {"format":"apg.source/1","source":"a.jsonl","begins":2}
                {"a":1}
                {"a":2}
                {"format":"apg.source/1","source":"standard input","begins":5}
                {"b":1}
                """);
    }

    @Test
    void a_batch_reads_the_same_in_pieces_of_any_size() throws IOException {
        write("a.jsonl", "{\"a\":1}\n".repeat(40) + "{}");
        write("b.jsonl", "");
        Batch batch = Batch.of(List.of("a.jsonl", "b.jsonl", "a.jsonl"), Form.JSON_LINES, shell(""));
        byte[] whole = batch.open().readAllBytes();

        for (int size : List.of(1, 2, 7, 64)) {
            try (var stream = batch.open()) {
                var read = new java.io.ByteArrayOutputStream();
                var piece = new byte[size];
                for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
                    read.write(piece, 0, count);
                }
                assertThat(read.toByteArray()).isEqualTo(whole);
            }
        }
    }

    @Test
    void every_torn_yaml_file_is_named_because_it_would_swallow_the_next() throws IOException {
        write("shop/a.capability.yaml", "a: 'not closed\n");
        write("shop/b.capability.yaml", "b: 1\n");
        write("shop/c.capability.yaml", "c: [1, 2\n");

        assertThatThrownBy(() -> Batch.of(List.of("shop"), Form.YAML, shell("")))
                .hasMessageContaining("shop/a.capability.yaml:")
                .hasMessageContaining("shop/c.capability.yaml:");
    }

    @Test
    void what_cannot_be_imported_is_refused() throws IOException {
        write("a.jsonl", "{}");
        write("b.yaml", "b: 1");
        write("c.txt", "c");
        Files.createDirectory(directory.resolve("empty"));

        assertThatThrownBy(() -> of("a.jsonl", "b.yaml")).hasMessageContaining("do not go into one import");
        assertThatThrownBy(() -> of("c.txt")).hasMessageContaining("ends in .jsonl or .yaml");
        assertThatThrownBy(() -> of("empty")).hasMessageContaining("empty: there is nothing to import");
        assertThatThrownBy(() -> of("absent")).hasMessage("absent: there is no such file or directory");
    }

    @Test
    void a_long_standard_input_is_kept_in_a_file_that_has_no_name_any_more() throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        String line = "{\"a\":\"" + "b".repeat(1_000) + "\"}\n";
        String input = line.repeat(6_000);

        Batch batch = Batch.of(List.of("-"), Form.JSON_LINES, shell(Map.of("TMPDIR", "temporary"), input));

        assertThat(temporary).isEmptyDirectory();
        assertThat(batch.bytes()).isEqualTo(input.length());
        for (int time = 0; time < 2; time++) {
            assertThat(new String(batch.open().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("\n" + input);
        }
        Shell without = shell(Map.of("TMPDIR", "absent"), input);
        assertThatThrownBy(() -> Batch.of(List.of("-"), Form.JSON_LINES, without))
                .hasMessageContaining(directory.resolve("absent").toString())
                .hasMessageContaining("room for up to 1 GiB");
        assertThat(Batch.of(List.of("-"), Form.JSON_LINES, shell(Map.of("TMPDIR", "absent"), line))
                        .bytes())
                .isEqualTo(line.length());
    }

    private Batch of(String... paths) {
        return Batch.of(List.of(paths), Form.JSON_LINES, shell(""));
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Shell shell(String input) {
        return shell(Map.of(), input);
    }

    private Shell shell(Map<String, String> environment, String input) {
        return new Shell(
                environment, directory, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), false, "apg");
    }
}
