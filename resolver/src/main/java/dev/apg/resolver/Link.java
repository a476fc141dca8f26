package dev.apg.resolver;

import java.util.List;
import java.util.Objects;

/** A need: what the request asks for, or a requirement of a chosen version. */
public sealed interface Link {
    /** What meets it: any one of these, in the order in which they are written. */
    default List<Target> targets() {
        return switch (this) {
            case Asked(Root root) -> List.of(root.target());
            case Needed(ExactVersion _, Requirement requirement) -> requirement.anyOf();
        };
    }

    /** The request itself asks for it. */
    record Asked(Root root) implements Link {
        public Asked {
            Objects.requireNonNull(root, "root");
        }
    }

    /** A chosen version requires or recommends it. */
    record Needed(ExactVersion consumer, Requirement requirement) implements Link {
        public Needed {
            Objects.requireNonNull(consumer, "consumer");
            Objects.requireNonNull(requirement, "requirement");
        }
    }
}
