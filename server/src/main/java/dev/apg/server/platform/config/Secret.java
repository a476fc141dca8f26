package dev.apg.server.platform.config;

/** A value that must not be shown: whatever holds one may end up in a log. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "(not shown)";
    }
}
