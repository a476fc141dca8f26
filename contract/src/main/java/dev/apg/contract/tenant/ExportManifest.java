package dev.apg.contract.tenant;

import java.time.Instant;
import java.util.List;

/**
 * What is in the export of a whole tenant; the last file of the archive, so that one without it is known to be incomplete.
 *
 * @param tenant its code
 * @param exportedAt everything is of this moment
 * @param cursor of the last event that is in it
 * @param files all but this one, in their order
 */
public record ExportManifest(String format, String tenant, Instant exportedAt, String cursor, List<File> files) {
    public static final String FORMAT = "apg.tenant-export/1";

    public ExportManifest {
        files = List.copyOf(files);
    }

    /**
     * A file.
     *
     * @param bytes unpacked
     * @param digest of the same, {@code sha256:…}
     */
    public record File(String name, long bytes, String digest) {}
}
