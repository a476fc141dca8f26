package dev.apg.server.archive;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.tenant.ExportManifest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip file that is written from its beginning to its end, with a manifest of what is in it as the last file. */
public final class Archive {
    private static final String MANIFEST = "manifest.json";

    /** Of every file: when it was written is in the manifest. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final List<ExportManifest.File> files = new ArrayList<>();

    public Archive(OutputStream out) {
        this.zip = new ZipOutputStream(out);
    }

    /** Writes what is in a file. */
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Adds a file; of its content nothing is kept. */
    public void file(String name, Content content) {
        try {
            begin(name);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var counted = new Counted(new DigestOutputStream(zip, digest));
            content.write(counted);
            zip.closeEntry();
            files.add(new ExportManifest.File(
                    name, counted.bytes, Digest.ofBytes(digest.digest()).toString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    private void begin(String name) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
    }

    /** Writes the manifest and ends the archive. */
    public void finish(String tenant, Instant at, String cursor) {
        try {
            begin(MANIFEST);
            zip.write(WireJson.MAPPER
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsBytes(new ExportManifest(ExportManifest.FORMAT, tenant, at, cursor, files)));
            zip.closeEntry();
            zip.finish();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Counts, and does not close what is behind it. */
    private static final class Counted extends FilterOutputStream {
        private long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] some, int offset, int length) throws IOException {
            out.write(some, offset, length);
            bytes += length;
        }

        @Override
        public void close() {}
    }
}
