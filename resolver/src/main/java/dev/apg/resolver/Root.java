package dev.apg.resolver;

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

    @Override
    public String toString() {
        return target.toString();
    }
}
