package dev.apg.server.composition;

/** A draft operation that does not apply to the draft as it is. */
final class OperationRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String field;
    private final String value;
    private final String expected;

    /**
     * @param code stable: {@code draft.member_absent}
     * @param field of the operation, as a dotted path
     * @param value the offending value
     * @param expected what would have been accepted
     */
    OperationRefusedException(String code, String field, String value, String expected) {
        super("%s: %s (expected: %s)".formatted(field, value, expected));
        this.code = code;
        this.field = field;
        this.value = value;
        this.expected = expected;
    }

    String code() {
        return code;
    }

    String field() {
        return field;
    }

    String value() {
        return value;
    }

    String expected() {
        return expected;
    }
}
