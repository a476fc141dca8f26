package dev.apg.server.platform.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * One environment variable.
 *
 * @param names the first is the documented one, the others are accepted too
 * @param expected what values are accepted, as a sentence's end: {@code 0 to 65535}
 * @param fallback the value when it is not set, in the spelling of the variable
 * @param secret whether its value must never be shown
 * @param awaits the feature that will use it, if it is not built yet
 * @param meaning what it does, for the documentation
 * @param parser throws {@link IllegalArgumentException} for a value that is not accepted; its message is not shown
 */
record Variable<T>(
        List<String> names,
        String expected,
        Optional<String> fallback,
        boolean secret,
        Optional<String> awaits,
        String meaning,
        Function<String, T> parser) {

    static Variable<String> text(String name, String expected, String meaning) {
        return new Variable<>(
                List.of(name), expected, Optional.empty(), false, Optional.empty(), meaning, Function.identity());
    }

    static Variable<Integer> number(String name, int least, int most, String meaning) {
        return text(name, "%d to %d".formatted(least, most), meaning).parsedBy(value -> {
            int number = Integer.parseInt(value);
            if (number < least || number > most) {
                throw new IllegalArgumentException("out of range");
            }
            return number;
        });
    }

    static Variable<Boolean> flag(String name, String meaning) {
        return text(name, "true or false", meaning).parsedBy(value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException("not a flag");
        });
    }

    static <E extends Enum<E>> Variable<E> choice(String name, Class<E> values, String meaning) {
        String expected = Arrays.stream(values.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return text(name, "one of " + expected, meaning)
                .parsedBy(value -> Enum.valueOf(values, value.toUpperCase(Locale.ROOT)));
    }

    /** A key of at least 32 bytes that is nobody's example. */
    static Variable<String> key(String name, String meaning) {
        return text(name, "at least 32 bytes of your own, for example from `openssl rand -hex 32`", meaning)
                .parsedBy(value -> {
                    boolean example = value.chars().distinct().count() < 8
                            || value.toLowerCase(Locale.ROOT)
                                    .matches(
                                            ".*(change[-_ ]?me|secret[-_ ]?key|password|default|example|insecure|your[-_]).*");
                    if (value.getBytes(StandardCharsets.UTF_8).length < 32 || example) {
                        throw new IllegalArgumentException("weak");
                    }
                    return value;
                })
                .kept();
    }

    /** One or several of these, with commas between them. */
    static Variable<List<Secret>> keys(String name, String meaning) {
        Variable<String> one = key(name, meaning);
        return new Variable<>(
                one.names,
                one.expected + "; several, the newest first, with commas between them",
                Optional.empty(),
                true,
                Optional.empty(),
                meaning,
                value -> AccessVariables.several(value, one));
    }

    /** Several with commas between them, none of them twice. */
    static <T> Variable<List<T>> list(String name, String expected, String meaning, Function<String, T> each) {
        return text(name, expected, meaning)
                .parsedBy(value -> Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .map(each)
                        .distinct()
                        .toList());
    }

    /** Certificates in PEM, at least one. */
    static Variable<List<X509Certificate>> certificates(String name, String meaning) {
        return text(name, "certificates in PEM", meaning).parsedBy(value -> {
            try {
                PemContent content = PemContent.of(value);
                List<X509Certificate> certificates = content == null ? List.of() : content.getCertificates();
                if (certificates.isEmpty()) {
                    throw new IllegalArgumentException("no certificate");
                }
                return certificates;
            } catch (IllegalStateException unreadable) {
                throw new IllegalArgumentException(unreadable);
            }
        });
    }

    static Variable<String> address(String name, String schemes, String meaning) {
        return text(name, "an address that starts with " + schemes, meaning).parsedBy(value -> {
            boolean known = Arrays.stream(schemes.split(" or ")).anyMatch(value::startsWith);
            if (!known || URI.create(value).getHost() == null) {
                throw new IllegalArgumentException("not an address");
            }
            return value;
        });
    }

    <R> Variable<R> parsedBy(Function<String, R> other) {
        return new Variable<>(names, expected, fallback, secret, awaits, meaning, other);
    }

    Variable<T> or(String otherName) {
        return new Variable<>(
                List.of(names.getFirst(), otherName), expected, fallback, secret, awaits, meaning, parser);
    }

    Variable<T> byDefault(String value) {
        return new Variable<>(names, expected, Optional.of(value), secret, awaits, meaning, parser);
    }

    Variable<T> kept() {
        return new Variable<>(names, expected, fallback, true, awaits, meaning, parser);
    }

    Variable<T> awaiting(String feature) {
        return new Variable<>(names, expected, fallback, secret, Optional.of(feature), meaning, parser);
    }

    String name() {
        return names.getFirst();
    }
}
