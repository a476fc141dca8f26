package dev.apg.resolver;

/**
 * The ints in which a {@link VersionBlock} keeps what one version provides, requires and conflicts with:
 *
 * <pre>
 * provisions, then each: service, version
 * requirements, then each: name, strength, targets, then each target
 * conflicts, then each target
 * a target: 2 * code + (1 if it is a service), range
 * </pre>
 *
 * Names, codes, ranges and versions stand there by the ids that {@link Symbols} gives them.
 */
final class VersionFacts {
    private static final Strength[] STRENGTHS = Strength.values();

    private VersionFacts() {}

    static int[] write(CapabilityVersion version, FactsWriter out) {
        for (Provision provision : version.provides()) {
            out.provision(out.name(provision.service()), out.version(provision.version()));
        }
        for (Requirement requirement : version.requirements()) {
            out.requirement(out.name(requirement.name()), requirement.strength());
            for (Target target : requirement.anyOf()) {
                out.target(target.kind(), out.name(target.code()), out.range(target.range()));
            }
        }
        for (Target target : version.conflicts()) {
            out.conflict(target.kind(), out.name(target.code()), out.range(target.range()));
        }
        return out.take();
    }

    /** Receives the facts of a version in the order in which they are stored. Targets are positions in the ints. */
    interface Visitor {
        void provision(int service, int version);

        /**
         * @param index position among the version's requirements
         * @param targets where {@code count} targets start, two ints each
         */
        void requirement(int index, int name, Strength strength, int targets, int count);

        /** @param index position among the version's conflicts */
        void conflict(int index, int target);
    }

    static void visit(int[] data, int start, Visitor visitor) {
        int at = start;
        int provisions = data[at++];
        for (int i = 0; i < provisions; i++) {
            visitor.provision(data[at], data[at + 1]);
            at += 2;
        }
        int requirements = data[at++];
        for (int i = 0; i < requirements; i++) {
            int count = data[at + 2];
            visitor.requirement(i, data[at], STRENGTHS[data[at + 1]], at + 3, count);
            at += 3 + 2 * count;
        }
        int conflicts = data[at++];
        for (int i = 0; i < conflicts; i++) {
            visitor.conflict(i, at);
            at += 2;
        }
    }

    static boolean isService(int[] data, int target) {
        return (data[target] & 1) == 1;
    }

    static int code(int[] data, int target) {
        return data[target] >>> 1;
    }

    static int range(int[] data, int target) {
        return data[target + 1];
    }

    static Target readTarget(int[] data, int target, Symbols symbols) {
        return new Target(
                isService(data, target) ? Target.Kind.SERVICE : Target.Kind.CAPABILITY,
                symbols.names.value(code(data, target)),
                symbols.ranges.value(range(data, target)));
    }
}
