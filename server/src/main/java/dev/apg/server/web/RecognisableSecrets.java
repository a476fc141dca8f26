package dev.apg.server.web;

import java.util.regex.Pattern;

/**
 * Tokens and client secrets that came in the wrong place, where what was sent would be shown again. Their beginnings give them
 * away; ids of clients and pipelines, which begin alike, are no secret.
 */
final class RecognisableSecrets {
    private static final Pattern SECRET = Pattern.compile(
            "apg(?![cp]_)[a-z]{0,8}+_[A-Za-z0-9_-]{20,}+|eyJ[A-Za-z0-9_-]{16,}+(?:\\.[A-Za-z0-9_-]*+){0,2}");

    private static final String INSTEAD = "(a secret)";

    private RecognisableSecrets() {}

    static boolean isIn(String text) {
        return SECRET.matcher(text).find();
    }

    /** The text with something else in their place. */
    static String masked(String text) {
        return SECRET.matcher(text).replaceAll(INSTEAD);
    }
}
