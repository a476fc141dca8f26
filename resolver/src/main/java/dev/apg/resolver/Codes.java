package dev.apg.resolver;

/** The one check on codes; their spelling is the caller's affair. */
final class Codes {
    private Codes() {}

    static String check(String code) {
        if (code.isBlank()) {
            throw new IllegalArgumentException("code: \"" + code + "\" (expected: not blank)");
        }
        return code;
    }
}
