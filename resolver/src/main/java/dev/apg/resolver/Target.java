package dev.apg.resolver;

import dev.apg.resolver.version.VersionRange;
import java.util.Objects;

/**
 * A capability or a service, with the range of versions that will do. For a service the range is about the version of
 * the service, not of the capability that provides it.
 *
 * @param code not blank
 */
public record Target(Kind kind, String code, VersionRange range) {
    /** What a code names. A capability and a service may have the same code. */
    public enum Kind {
        CAPABILITY,
        SERVICE
    }

    public Target {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(range, "range");
        Codes.check(code);
    }

    public static Target capability(String code, VersionRange range) {
        return new Target(Kind.CAPABILITY, code, range);
    }

    public static Target capability(String code, String range) {
        return capability(code, VersionRange.parse(range));
    }

    public static Target service(String code, VersionRange range) {
        return new Target(Kind.SERVICE, code, range);
    }

    public static Target service(String code, String range) {
        return service(code, VersionRange.parse(range));
    }

    /** For example {@code redis ^7.0.0} or {@code service cart-store}. */
    @Override
    public String toString() {
        String name = kind == Kind.SERVICE ? "service " + code : code;
        return range.equals(VersionRange.any()) ? name : name + " " + range.text();
    }
}
