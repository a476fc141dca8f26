package dev.apg.cli.command;

import org.jspecify.annotations.Nullable;

/**
 * What the doctor found.
 *
 * @param advice what to do about a problem; absent if it is none, or if {@code found} says it
 */
record Check(
        String name, boolean ok, String found, @Nullable String advice) {
    static Check well(String name, String found) {
        return new Check(name, true, found, null);
    }

    static Check problem(String name, String found, String advice) {
        return new Check(name, false, found, advice);
    }
}
