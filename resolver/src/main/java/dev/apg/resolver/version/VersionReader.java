package dev.apg.resolver.version;

/**
 * Reads versions and parts of them from left to right, each character once. A reader by hand instead of regular
 * expressions: its time is linear in the text whatever the text is.
 */
final class VersionReader {
    private static final String VERSION = "a SemVer 2.0 version such as 1.2.3 or 1.2.3-rc.1";

    private final String what;
    private final String text;
    private int position;

    /** @param what the noun that an error message starts with */
    VersionReader(String what, String text) {
        this.what = what;
        this.text = text;
    }

    /** The whole text as a version. */
    SemVer version() {
        requireLength();
        SemVer version = numbersAndRest();
        if (!atEnd()) {
            throw expected(VERSION);
        }
        return version;
    }

    /** The whole text as a version, but for blanks around it and a leading v. */
    SemVer relaxedVersion() {
        requireLength();
        skipBlanks();
        accept('v');
        SemVer version = numbersAndRest();
        skipBlanks();
        if (!atEnd()) {
            throw expected(VERSION);
        }
        return version;
    }

    private void requireLength() {
        if (text.length() > SemVer.MAX_LENGTH) {
            throw expected("at most " + SemVer.MAX_LENGTH + " characters");
        }
    }

    private SemVer numbersAndRest() {
        long major = number(VERSION);
        require('.', VERSION);
        long minor = number(VERSION);
        require('.', VERSION);
        long patch = number(VERSION);
        String prerelease = accept('-') ? identifiers(true, VERSION) : "";
        String build = accept('+') ? identifiers(false, VERSION) : "";
        return SemVer.trusted(major, minor, patch, prerelease, build);
    }

    /** A number without leading zeros, at most {@link SemVer#MAX_NUMBER}. */
    long number(String expected) {
        int start = position;
        long number = 0;
        while (isDigit(peek())) {
            number = number * 10 + (peek() - '0');
            if (number > SemVer.MAX_NUMBER) {
                throw expected("numbers up to " + SemVer.MAX_NUMBER);
            }
            position++;
        }
        boolean leadingZero = position - start > 1 && text.charAt(start) == '0';
        if (position == start || leadingZero) {
            throw expected(leadingZero ? "numbers without leading zeros" : expected);
        }
        return number;
    }

    /** Identifiers joined by dots; those of a pre-release must not be numbers with leading zeros. */
    String identifiers(boolean ofPrerelease, String expected) {
        int start = position;
        do {
            int first = position;
            boolean numeric = true;
            while (isIdentifierPart(peek())) {
                numeric &= isDigit(peek());
                position++;
            }
            if (position == first) {
                throw expected(expected);
            }
            if (ofPrerelease && numeric && position - first > 1 && text.charAt(first) == '0') {
                throw expected("pre-release numbers without leading zeros");
            }
        } while (accept('.'));
        return text.substring(start, position);
    }

    boolean atEnd() {
        return position == text.length();
    }

    /** The next character, or NUL at the end; a NUL in the text is accepted nowhere. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        int at = position + ahead;
        return at < text.length() ? text.charAt(at) : '\0';
    }

    boolean accept(char c) {
        if (!atEnd() && peek() == c) {
            position++;
            return true;
        }
        return false;
    }

    void require(char c, String expected) {
        if (!accept(c)) {
            throw expected(expected);
        }
    }

    /** Skips blanks and tells whether there were any. */
    boolean skipBlanks() {
        int start = position;
        while (!atEnd() && isBlank(peek())) {
            position++;
        }
        return position > start;
    }

    VersionSyntaxException expected(String expected) {
        return new VersionSyntaxException(what, text, expected);
    }

    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isIdentifierPart(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }
}
