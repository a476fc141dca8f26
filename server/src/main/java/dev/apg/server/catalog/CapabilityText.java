package dev.apg.server.catalog;

import java.util.List;

/** The long describing fields of a capability. */
public record CapabilityText(String description, List<String> keywords) {
    static final CapabilityText NONE = new CapabilityText("", List.of());

    /** Texts up to this many characters are held in memory, longer ones stay in the database. */
    private static final int HELD = 512;

    public CapabilityText {
        keywords = List.copyOf(keywords);
    }

    boolean isShort() {
        return description.length() + keywords.stream().mapToInt(String::length).sum() <= HELD;
    }
}
