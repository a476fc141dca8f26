package dev.apg.resolver;

import dev.apg.resolver.version.VersionRange;
import java.util.Objects;

/** Something that the composition itself asks for: a member (a capability) or a required service. */
public record Root(Target target) {
    public Root {
        Objects.requireNonNull(target, "target");
    }

    public static Root capability(String code, String range) {
        return new Root(Target.capability(code, range));
    }

    public static Root service(String code, String range) {
        return new Root(Target.service(code, range));
    }

    /** The same in another range. */
    public Root in(VersionRange range) {
        return new Root(new Target(target.kind(), target.code(), range));
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
