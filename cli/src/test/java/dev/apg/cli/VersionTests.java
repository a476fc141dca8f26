package dev.apg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VersionTests {
    @Test
    void the_program_says_the_version_that_is_being_built() throws IOException {
        assertThat(Files.readString(Path.of("../pom.xml")))
                .containsAnyOf(
                        "<version>%s-SNAPSHOT</version>".formatted(Apg.VERSION),
                        "<version>%s</version>".formatted(Apg.VERSION));
    }
}
