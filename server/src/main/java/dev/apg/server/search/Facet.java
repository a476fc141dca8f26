package dev.apg.server.search;

import java.util.Locale;

/** What a search can be narrowed by. */
enum Facet {
    CATEGORY,
    STATUS,
    TAG,
    OWNER;

    /** The parameter, and the field of the index. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
