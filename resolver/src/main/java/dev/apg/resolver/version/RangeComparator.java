package dev.apg.resolver.version;

/** What every part of a range comes down to: an operator and a version, {@code >=1.2.0}. */
record RangeComparator(Operator operator, SemVer bound) {
    enum Operator {
        EQUAL(""),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        boolean isLower() {
            return this == GREATER || this == GREATER_OR_EQUAL;
        }

        boolean isUpper() {
            return this == LESS || this == LESS_OR_EQUAL;
        }

        boolean includesBound() {
            return this == LESS_OR_EQUAL || this == GREATER_OR_EQUAL;
        }
    }

    boolean admits(SemVer version) {
        int order = version.compareTo(bound);
        return switch (operator) {
            case EQUAL -> order == 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    /** The versions that it admits, pre-releases included. */
    VersionSet versions() {
        return switch (operator) {
            case EQUAL -> VersionSet.between(bound, bound.successor());
            case LESS -> VersionSet.below(bound);
            case LESS_OR_EQUAL -> VersionSet.below(bound.successor());
            case GREATER -> VersionSet.from(bound.successor());
            case GREATER_OR_EQUAL -> VersionSet.from(bound);
        };
    }

    /** {@code <0.0.0-0}: below the least version of all. */
    boolean admitsNothing() {
        return operator == Operator.LESS && bound.equals(VersionSet.LEAST);
    }

    @Override
    public String toString() {
        return operator.symbol + bound;
    }
}
