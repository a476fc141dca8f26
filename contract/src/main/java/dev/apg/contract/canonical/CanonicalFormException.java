package dev.apg.contract.canonical;

/** A document without a canonical form. The message says where, what stands there and what was expected. */
public final class CanonicalFormException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String value;
    private final String expected;

    CanonicalFormException(String pointer, String value, String expected) {
        super("%s: %s (expected: %s)".formatted(pointer.isEmpty() ? "document" : pointer, value, expected));
        this.pointer = pointer;
        this.value = value;
        this.expected = expected;
    }

    /** The place as an RFC 6901 pointer; empty for the whole document. */
    public String pointer() {
        return pointer;
    }

    /** What stands there. */
    public String value() {
        return value;
    }

    /** What would have a canonical form, as a noun phrase. */
    public String expected() {
        return expected;
    }
}
