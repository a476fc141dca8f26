package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.Objects;

/**
 * One version of one capability.
 *
 * @param code not blank
 */
public record ExactVersion(String code, SemVer number) {
    public ExactVersion {
        Codes.check(code);
        Objects.requireNonNull(number, "number");
    }

    /** For example {@code redis 7.2.5}. */
    @Override
    public String toString() {
        return code + " " + number;
    }
}
