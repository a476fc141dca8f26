package dev.apg.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTests {
    @Test
    void a_row_has_the_median_of_the_rounds_medians_and_of_their_p99s() {
        Table table = new Table();
        table.add(Sample.of("resolve", "ms", 3, 30.0));
        table.add(Sample.single("memory", "MiB", 1234.5));
        table.add(Sample.of("resolve", "ms", 100, 9000.0));
        table.add(Sample.of("resolve", "ms", 2, 20.0).withNote("warm"));
        assertThat(table.markdown()).isEqualTo("""
                | what | median | p99 | unit | target | rounds | note |
                |---|--:|--:|---|---|--:|---|
                | resolve | 3.00 | 30.0 | ms |  | 3 | warm |
                | memory | 1235 | – | MiB |  | 1 |  |
                """);
    }

    @Test
    void a_target_is_judged_by_the_exact_number_and_not_by_the_printed_one() {
        Table table = new Table();
        table.add(Sample.of("search", "ms", 1, 10.001).withTarget(Target.p99AtMost(10)));
        table.add(Sample.single("import", "per second", 4_000).withTarget(Target.atLeast(4_000)));
        table.add(Sample.single("start", "s", 10.2).withTarget(Target.atMost(10)));
        table.add(Sample.of("freeze", "ms", 1, null).withTarget(Target.p99AtMost(10)));
        assertThat(table.markdown().lines().skip(2))
                .containsExactly(
                        "| search | 1.00 | 10.0 | ms | p99 ≤ 10.0: **missed** | 1 |  |",
                        "| import | 4000 | – | per second | ≥ 4000: met | 1 |  |",
                        "| start | 10.2 | – | s | ≤ 10.0: **missed** | 1 |  |",
                        "| freeze | 1.00 | – | ms | p99 ≤ 10.0: not known | 1 |  |");
    }

    @Test
    void numbers_have_three_significant_digits() {
        assertThat(Table.digits(0)).isEqualTo("0");
        assertThat(Table.digits(0.012345)).isEqualTo("0.0123");
        assertThat(Table.digits(1.2345)).isEqualTo("1.23");
        assertThat(Table.digits(98765.4)).isEqualTo("98765");
    }
}
