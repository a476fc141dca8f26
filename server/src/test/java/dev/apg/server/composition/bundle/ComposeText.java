package dev.apg.server.composition.bundle;

import java.util.Map;

/** Reads a value of a Compose file as Compose does: variables, defaults, doubled dollar signs. */
final class ComposeText {
    private ComposeText() {}

    static String seen(String value, Map<String, String> variables) {
        StringBuilder seen = new StringBuilder();
        int i = 0;
        while (i < value.length()) {
            char character = value.charAt(i);
            if (character != '$') {
                seen.append(character);
                i++;
            } else if (value.startsWith("$$", i)) {
                seen.append('$');
                i += 2;
            } else if (value.startsWith("${", i)) {
                int end = value.indexOf('}', i);
                seen.append(substitute(value.substring(i + 2, end), variables));
                i = end + 1;
            } else {
                throw new AssertionError("a lone dollar sign in " + value);
            }
        }
        return seen.toString();
    }

    private static String substitute(String inside, Map<String, String> variables) {
        int colon = inside.indexOf(':');
        String name = inside.substring(0, colon);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new AssertionError("not a variable: " + name);
        }
        String given = variables.getOrDefault(name, "");
        if (!given.isEmpty()) {
            return given;
        }
        if (inside.charAt(colon + 1) == '?') {
            throw new AssertionError(name + " must be given");
        }
        return inside.substring(colon + 2);
    }
}
