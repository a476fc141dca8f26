package dev.apg.server.account.password;

import com.nulabinc.zxcvbn.Feedback;
import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Which passwords are taken: long enough, and such that somebody who knows words, names, dates, keyboards and the passwords of
 * others would need very many guesses. Nothing is demanded of which characters they are made.
 */
@Component
public class PasswordRules {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 128;

    /** Estimating takes longer than linearly; what is behind this many characters is only more of it. */
    private static final int ESTIMATED = 48;

    /** Of 0 to 4: at least 10^8 guesses, each of which costs as much as a hash. */
    private static final int LEAST_SCORE = 3;

    /** Characters that must be left of it without what others know of the person. */
    private static final int LEAST_UNKNOWN = 8;

    private final Zxcvbn estimator = new Zxcvbn();

    /**
     * @param field where it stands in the request; what it is, is never shown
     * @param known what others know of the person: parts of it make a password easy to guess
     * @throws Rejection 422 {@code password.too_short}, {@code password.too_long} or {@code password.weak}
     */
    public void require(String field, String password, List<String> known) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            throw refused(
                    "password.too_short", field, "at least %d characters; these are %d".formatted(SHORTEST, length));
        }
        if (length > LONGEST) {
            throw refused("password.too_long", field, "at most %d characters; these are %d".formatted(LONGEST, length));
        }
        List<String> words = words(known);
        if (unknown(password, words) < LEAST_UNKNOWN) {
            throw refused(
                    "password.weak",
                    field,
                    "one that is hard to guess; this one is little more than your name, address or tenant");
        }
        Strength strength = estimator.measure(password.substring(0, Math.min(ESTIMATED, password.length())), words);
        if (strength.getScore() < LEAST_SCORE) {
            throw refused("password.weak", field, "one that is hard to guess; " + advice(strength.getFeedback()));
        }
    }

    private static int unknown(String password, List<String> words) {
        String rest = password.toLowerCase(Locale.ROOT);
        for (String word : words) {
            rest = rest.replace(word, "");
        }
        return rest.length();
    }

    private static List<String> words(List<String> known) {
        return known.stream()
                .flatMap(text -> Stream.concat(Stream.of(text), Stream.of(text.split("[^\\p{L}\\p{N}]+"))))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() > 2)
                .distinct()
                .toList();
    }

    private static String advice(Feedback feedback) {
        String warning = feedback.getWarning(Locale.ENGLISH);
        List<String> suggestions = feedback.getSuggestions(Locale.ENGLISH);
        return Stream.concat(Stream.of(warning.isBlank() ? "This one is easy to guess" : warning), suggestions.stream())
                .map(sentence -> sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence)
                .reduce((all, next) -> all + ". " + next)
                .orElseThrow();
    }

    private static Rejection refused(String code, String field, String expected) {
        return Rejection.invalid(code, field, null, expected);
    }
}
