package dev.apg.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTests {
    @Test
    void a_row_has_the_median_of_the_rounds_medians_and_of_their_p99s() {
        Table table = new Table();
        table.add(new Sample("resolve", "ms", 3, 30.0, ""));
        table.add(Sample.single("memory", "MiB", 1234.5));
        table.add(new Sample("resolve", "ms", 100, 9000.0, ""));
        table.add(new Sample("resolve", "ms", 2, 20.0, "warm"));
        assertThat(table.markdown()).isEqualTo("""
                | what | median | p99 | unit | rounds | note |
                |---|--:|--:|---|--:|---|
                | resolve | 3.00 | 30.0 | ms | 3 | warm |
                | memory | 1235 | – | MiB | 1 |  |
                """);
    }

    @Test
    void numbers_have_three_significant_digits() {
        assertThat(Table.digits(0)).isEqualTo("0");
        assertThat(Table.digits(0.012345)).isEqualTo("0.0123");
        assertThat(Table.digits(1.2345)).isEqualTo("1.23");
        assertThat(Table.digits(98765.4)).isEqualTo("98765");
    }
}
