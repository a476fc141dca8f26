package dev.apg.server.composition.bundle;

import java.util.List;
import java.util.SortedMap;

/**
 * The deployable files of a revision. The arrays are shared, so callers leave them as they are.
 *
 * @param files content by path, sorted by path; paths use {@code /} and are relative
 * @param tar the same files as an uncompressed USTAR archive
 * @param digest {@code sha256:} and the hex SHA-256 of {@code tar}
 * @param notes what whoever runs the bundle should know, in start order
 */
public record Bundle(SortedMap<String, byte[]> files, byte[] tar, String digest, List<BundleNote> notes) {
    public Bundle {
        notes = List.copyOf(notes);
    }
}
