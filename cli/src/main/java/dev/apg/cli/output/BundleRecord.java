package dev.apg.cli.output;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/**
 * Which files of a directory bundles wrote, and with which content; it lies beside them. The next bundle then knows which of
 * the files that it does not have are nobody's any more. It is only believed about files that still have the content that
 * it names.
 *
 * @param files digests by name
 */
record BundleRecord(String format, SortedMap<String, String> files) {
    /** Where it lies in the directory. */
    static final String NAME = ".apg-bundle.json";

    private static final String FORMAT = "apg.bundle-files/1";

    /** In bytes; a bundle has a few files for each of at most some thousand capabilities. */
    private static final int MOST = 16 * 1024 * 1024;

    BundleRecord {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Of the files of a bundle, by name. */
    static BundleRecord of(Map<String, byte[]> files) {
        var digests = new TreeMap<String, String>();
        files.forEach((name, content) -> digests.put(name, Digest.of(content).toString()));
        return new BundleRecord(FORMAT, digests);
    }

    /** That of a directory; empty if there is none that can be read. */
    static Optional<BundleRecord> in(Path directory) {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.ofNullable(WireJson.MAPPER.readValue(in.readNBytes(MOST), BundleRecord.class))
                    .filter(found -> FORMAT.equals(found.format()));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** What this one tells, and of other files what a former one told. */
    BundleRecord and(BundleRecord former) {
        var all = new TreeMap<>(former.files);
        all.putAll(files);
        return new BundleRecord(FORMAT, all);
    }

    /** What this one tells of some of its files. */
    BundleRecord only(Collection<String> names) {
        var some = new TreeMap<>(files);
        some.keySet().retainAll(names);
        return new BundleRecord(FORMAT, some);
    }

    /** Whether a file is as a bundle made it. */
    boolean made(String name, byte[] content) {
        return Digest.of(content).toString().equals(files.get(name));
    }

    byte[] json() {
        return WireJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }
}
