package dev.apg.resolver.version;

/** Text that is not a version or not a range. The message names the value and what was expected. */
public final class VersionSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** A message is read by people: a longer value is cut there, {@link #value()} has all of it. */
    private static final int SHOWN = 120;

    private final String value;
    private final String expected;

    VersionSyntaxException(String what, String value, String expected) {
        super("%s: %s (expected: %s)".formatted(what, shorten(value), expected));
        this.value = value;
        this.expected = expected;
    }

    /** The text as it was given. */
    public String value() {
        return value;
    }

    /** What should have been there instead, as a phrase without a full stop. */
    public String expected() {
        return expected;
    }

    private static String shorten(String value) {
        if (value.isEmpty()) {
            return "(empty)";
        }
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
