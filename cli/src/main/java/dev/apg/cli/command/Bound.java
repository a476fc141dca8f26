package dev.apg.cli.command;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What an option says of a bound.
 *
 * @param most absent: the bound is taken away
 */
record Bound<N>(@Nullable N most) {
    /** What holds after an option that may not have been given. */
    static <N> @Nullable N changed(@Nullable Bound<N> said, @Nullable N present) {
        return said == null ? present : said.most();
    }

    static final class OrNone implements ITypeConverter<Bound<Long>> {
        @Override
        public Bound<Long> convert(String text) {
            return read(text, "none", Long::valueOf);
        }
    }

    static final class OrDefault implements ITypeConverter<Bound<Integer>> {
        @Override
        public Bound<Integer> convert(String text) {
            return read(text, "default", Integer::valueOf);
        }
    }

    private static <N> Bound<N> read(String text, String away, Function<String, N> number) {
        if (text.equals(away)) {
            return new Bound<>(null);
        }
        try {
            return new Bound<>(number.apply(text));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("%s (expected: a number, or %s)".formatted(text, away));
        }
    }
}
