package dev.apg.server.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A snapshot and how it came about.
 *
 * @param changed codes of the capabilities that may differ from the snapshot before; empty: any of them
 */
record Loaded(Snapshot snapshot, Optional<Set<String>> changed, Source source) {
    /** Where a snapshot comes from. */
    enum Source {
        /** The one before, and the events since. */
        EVENTS,
        /** A file, and the events since it was written. */
        CHECKPOINT,
        /** All rows of the database. */
        DATABASE;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
