package dev.apg.server.composition.bundle;

import org.jspecify.annotations.Nullable;

/**
 * Why no bundle can be rendered: two entries, or two parts of one, that cannot run beside each other, or a part that
 * cannot run at all.
 *
 * @param code stable, dotted: {@code bundle.name_collision}
 * @param capability the code of the offending entry
 * @param field a dotted path in its version document, such as {@code runtime.ports[1].port}
 * @param value the offending value
 * @param expected what would have been accepted
 * @param unmet the entry's requirement whose provider does not run, if that is what is wrong
 */
public record BundleProblem(
        String code,
        String capability,
        String field,
        String value,
        String expected,
        @Nullable String unmet) {

    /** One line that names the value and what was expected. */
    public String message() {
        return "%s: %s: %s (expected: %s)".formatted(capability, field, value, expected);
    }
}
