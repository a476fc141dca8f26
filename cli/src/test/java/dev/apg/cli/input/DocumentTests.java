package dev.apg.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTests {
    @TempDir
    Path directory;

    @Test
    void a_byte_order_mark_in_front_is_no_part_of_a_document() throws Exception {
        Path json = Files.writeString(directory.resolve("marked.json"), "\uFEFF{\"a\": 1}");
        Path yaml = Files.writeString(directory.resolve("marked.yaml"), "\uFEFF# why\na: 1\n");
        var input = new ByteArrayInputStream("\uFEFFa: 1\n".getBytes(StandardCharsets.UTF_8));

        assertThat(Document.read(json, "marked.json").root().get("a").asInt()).isEqualTo(1);
        assertThat(Document.read(yaml, "marked.yaml").root().get("a").asInt()).isEqualTo(1);
        assertThat(Document.read(yaml, "marked.yaml").comment()).isEqualTo("# why");
        assertThat(Document.read(input, "standard input").root().get("a").asInt())
                .isEqualTo(1);
    }
}
