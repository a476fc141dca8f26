package dev.apg.server.event;

/**
 * By how much a write makes what a tenant has more, or less.
 *
 * @param bytes of documents, bundles, drafts and descriptions of services
 */
public record Growth(long capabilities, long versions, long compositions, long bytes) {
    public static final Growth NONE = new Growth(0, 0, 0, 0);

    public static Growth ofCapabilities(long number) {
        return new Growth(number, 0, 0, 0);
    }

    public static Growth ofVersions(long number, long bytes) {
        return new Growth(0, number, 0, bytes);
    }

    public static Growth ofCompositions(long number) {
        return new Growth(0, 0, number, 0);
    }

    public static Growth ofBytes(long bytes) {
        return new Growth(0, 0, 0, bytes);
    }

    public Growth without(Growth other) {
        return new Growth(
                capabilities - other.capabilities,
                versions - other.versions,
                compositions - other.compositions,
                bytes - other.bytes);
    }

    public Growth and(Growth other) {
        return new Growth(
                capabilities + other.capabilities,
                versions + other.versions,
                compositions + other.compositions,
                bytes + other.bytes);
    }
}
