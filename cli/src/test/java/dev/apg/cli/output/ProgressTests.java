package dev.apg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.output.Progress.State;
import org.junit.jupiter.api.Test;

class ProgressTests {
    @Test
    void a_known_total_is_drawn_as_a_bar_and_an_unknown_one_counted() {
        assertThat(Progress.line("import", new State("KiB sent", 50, 200)))
                .isEqualTo("import [======                  ]  25% of 200 KiB sent");
        assertThat(Progress.line("import", new State("documents, reading", 3_000, -1)))
                .isEqualTo("import: 3000 documents, reading");
        assertThat(Progress.line("import", new State("", 0, -1))).isEqualTo("import …");
    }

    @Test
    void a_line_never_wraps_and_never_overflows() {
        assertThat(Progress.line("import", new State("documents, writing", Long.MAX_VALUE / 200, Long.MAX_VALUE / 100)))
                .hasSizeLessThanOrEqualTo(70);
        assertThat(Progress.line("import", new State("KiB sent", 900, 100))).contains("] 100% of 100");
        assertThat(Progress.line("import", new State("KiB sent", 0, 0))).isEqualTo("import: 0 KiB sent");
    }
}
