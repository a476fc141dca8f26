package dev.apg.server.limit;

import java.util.Locale;

/** Whose requests are counted together. */
enum Holder {
    CLIENT(100, "This client has"),
    TENANT(1_000, "The tenant's clients have"),
    /** Whoever runs the installation, at whatever address. */
    PLATFORM(100, "The platform has"),
    ADDRESS(20, "This address has");

    private final int percent;
    private final String words;

    Holder(int percent, String words) {
        this.percent = percent;
        this.words = words;
    }

    /** The part of the configured rate that is theirs, in percent. */
    int percent() {
        return percent;
    }

    /** As a sentence begins before "sent". */
    String words() {
        return words;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
