package dev.apg.server.account;

import dev.apg.server.web.Rejection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address in the one spelling in which it is kept: lower case, ASCII, without anything that mail programs read as more. */
record EmailAddress(String text) {
    private static final int LONGEST = 254;

    /** Of either case, but of ASCII only: the lower case of some other letters is a letter of ASCII. */
    private static final Pattern FORM = Pattern.compile(
            "[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}+(?:\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}+){0,31}+"
                    + "@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,31}[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?",
            Pattern.CASE_INSENSITIVE);

    static Optional<EmailAddress> parse(String written) {
        String text = written.strip();
        return text.length() <= LONGEST && FORM.matcher(text).matches()
                ? Optional.of(new EmailAddress(text.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** @throws Rejection 422 {@code email.malformed} */
    static EmailAddress require(String written) {
        return parse(written)
                .orElseThrow(() -> Rejection.invalid(
                        "email.malformed", "email", written, "an e-mail address such as ada@example.com"));
    }

    /** For logs and errors as for the database. */
    @Override
    public String toString() {
        return text;
    }
}
