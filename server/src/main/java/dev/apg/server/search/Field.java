package dev.apg.server.search;

import java.util.Locale;

/** The fields in which words are looked for, and how much finding one there counts. */
enum Field {
    DISPLAY_NAME(8),
    CODE(6),
    TAGS(4),
    SERVICES(4),
    KEYWORDS(3),
    DESCRIPTION(1);

    private final float weight;

    Field(float weight) {
        this.weight = weight;
    }

    float weight() {
        return weight;
    }

    /** In answers. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In the index; not the plain name, under which facets and ids are kept. */
    String indexed() {
        return wire() + "_words";
    }

    /** Whether the beginning of a word is enough; of long texts it takes the dictionary, see {@link Expansion}. */
    boolean takesPrefixes() {
        return this != DESCRIPTION;
    }
}
