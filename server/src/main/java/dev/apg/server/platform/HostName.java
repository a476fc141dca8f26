package dev.apg.server.platform;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name that only a directory of names can turn into addresses. What some programs take for an address, such as {@code
 * 0x7f.1}, {@code 0177.0.0.1} or {@code 2130706433}, is none: a last label begins with a letter.
 */
public record HostName(String text) {
    private static final int LONGEST = 253;
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern FORM = Pattern.compile("(?:" + LABEL + "\\.){0,126}(?=[a-z])" + LABEL);

    /** Empty if it is an address, or cannot be a name. */
    public static Optional<HostName> parse(String text) {
        return text.length() <= LONGEST
                        && FORM.matcher(text.toLowerCase(Locale.ROOT)).matches()
                ? Optional.of(new HostName(text.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
