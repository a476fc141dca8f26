package dev.apg.resolver.engine;

/** A variable said to be true or false, as one int: {@code 2 * variable}, plus one for "not". */
public final class Literal {
    private Literal() {}

    /** The variable is true: the version is chosen. */
    public static int is(int variable) {
        return variable << 1;
    }

    /** The variable is false: the version is not chosen. */
    public static int not(int variable) {
        return variable << 1 | 1;
    }

    public static int negate(int literal) {
        return literal ^ 1;
    }

    public static int variable(int literal) {
        return literal >> 1;
    }

    public static boolean isPositive(int literal) {
        return (literal & 1) == 0;
    }
}
