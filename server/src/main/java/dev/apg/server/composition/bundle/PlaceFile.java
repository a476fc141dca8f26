package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Pattern;

/** Writes {@code .env.example}: every Compose variable, what must be given first, defaults as comments. */
final class PlaceFile {
    /** Between single quotes, readers of such files take everything literally but a quote itself. */
    private static final Pattern QUOTABLE = Pattern.compile("[^']*");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@-]*");

    private PlaceFile() {}

    static byte[] render(PlaceVariables variables) {
        StringBuilder text = new StringBuilder("""
                # What differs by place. Copy this file to .env; Compose reads it from there.
                # A line that begins with # shows the default; remove the # to change it.
                # Between single quotes nothing is special but a single quote.
                """);
        variables.all().stream()
                .filter(variable -> variable.fallback().isEmpty())
                .forEach(variable -> text.append("\n# %s (must be given)\n%s%s=''\n"
                        .formatted(variable.use(), described(variable), variable.name())));
        variables
                .all()
                .forEach(variable -> variable.fallback()
                        .ifPresent(value -> text.append("\n# %s\n%s#%s=%s\n"
                                .formatted(
                                        variable.use(),
                                        described(variable),
                                        variable.name(),
                                        quoted(value).orElse("")))));
        return text.toString().getBytes(UTF_8);
    }

    /** Publishing takes only descriptions of one line, so that none begins a variable of its own. */
    private static String described(PlaceVariables.Variable variable) {
        return variable.description().map("# %s\n"::formatted).orElse("");
    }

    private static Optional<String> quoted(String value) {
        if (PLAIN.matcher(value).matches()) {
            return Optional.of(value);
        }
        return QUOTABLE.matcher(value).matches() ? Optional.of("'" + value + "'") : Optional.empty();
    }
}
