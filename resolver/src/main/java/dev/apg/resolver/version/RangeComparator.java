package dev.apg.resolver.version;

import org.jspecify.annotations.Nullable;

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

    /** The least version that it admits. */
    SemVer first() {
        return switch (operator) {
            case EQUAL, GREATER_OR_EQUAL -> bound;
            case GREATER -> bound.successor();
            case LESS, LESS_OR_EQUAL -> VersionSet.LEAST;
        };
    }

    /** The least version above all that it admits; null if there is none. */
    @Nullable
    SemVer end() {
        return switch (operator) {
            case EQUAL, LESS_OR_EQUAL -> bound.successor();
            case LESS -> bound;
            case GREATER, GREATER_OR_EQUAL -> null;
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
