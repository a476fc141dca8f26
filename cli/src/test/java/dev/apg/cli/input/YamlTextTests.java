package dev.apg.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTests {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a: 1\\nlonely\\nb: 2 ~ 3:1 ~ a line without a colon
            a: b: c ~ 1:5 ~ a colon where none can be
            a:\\n  - x\\n  y: 1 ~ 3:3 ~ a line that does not belong to those above it
            a: [1, 2\\nb: 3 ~ 2:2 ~ a list in [ ] that is not closed
            a: {b: 1\\nc: 2 ~ 2:2 ~ an object in { } that is not closed
            a: "open\\n ~ 2:1 ~ a text in quotes that is not closed
            a: 'open\\n---\\n ~ 2:1 ~ a text in quotes that is not closed
            a: *nowhere ~ 1:4 ~ a value that begins with * and refers to nothing
            a: @home ~ 1:4 ~ a character that begins no value
            a:\\n\\tb: 1 ~ 2:1 ~ a tab in front of a line
            a: "\\d" ~ 1:6 ~ a backslash that means nothing
            %a ~ 1:3 ~ something outside of the document
            %YAML x ~ 1:7 ~ a line that begins with %
            a: | more\\n  b ~ 1:6 ~ more behind | or > than can be
            """)
    void what_is_wrong_with_yaml_is_told_by_line_and_column_and_without_words_of_a_parser(
            String text, String place, String told) throws IOException {
        String yaml = text.replace("\\n", "\n").replace("\\t", "\t");
        Files.writeString(directory.resolve("wrong.yaml"), yaml);

        Cli.Outcome refused = Cli.alone(directory).run("publish", "wrong.yaml");

        assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err())
                .startsWith("apg: wrong.yaml:%s: not YAML: %s (expected: ".formatted(place, told))
                .doesNotContain("mapping", "scalar", "token", "block", "flow", "scanning", "parsing", "null");
    }
}
