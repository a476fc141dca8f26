package dev.apg.contract.capability;

/** The spelling of codes; the one place that the constraints of every wire record point to. */
public final class Codes {
    /** A plain name: {@code [a-z0-9]} then {@code [a-z0-9._-]}; upper case is accepted and lower-cased. */
    public static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    /** A capability's code: {@code name} or {@code publisher/name}. */
    public static final String CODE = NAME + "(?:/" + NAME + ")?";

    /** A DNS label of at most 63 characters. */
    public static final String DNS_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /** Characters of a range. */
    public static final int RANGE_LENGTH = 1_024;

    private Codes() {}
}
