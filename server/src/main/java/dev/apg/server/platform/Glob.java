package dev.apg.server.platform;

/**
 * A text in which {@code *} stands for any characters but those that separate the parts of names. A pattern cannot reach
 * beyond a part: {@code acme/*} is nothing of {@code acme/cart/fork}.
 */
public record Glob(String text) {
    private static final String SEPARATORS = "/:@";

    /** Whether it matches nothing but itself. */
    public boolean isExact() {
        return text.indexOf('*') < 0;
    }

    public boolean matches(String value) {
        int at = 0;
        int read = 0;
        int star = -1;
        int resume = 0;
        while (read < value.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                resume = read;
            } else if (at < text.length() && text.charAt(at) == value.charAt(read)) {
                at++;
                read++;
            } else if (star >= 0 && SEPARATORS.indexOf(value.charAt(resume)) < 0) {
                // The last star takes one more. An earlier one need not be tried: what it could take, this one can.
                at = star + 1;
                read = ++resume;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
