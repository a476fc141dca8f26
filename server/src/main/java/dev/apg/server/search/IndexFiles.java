package dev.apg.server.search;

import dev.apg.server.platform.OwnerFile;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one index: opened only if they are what was written, and thrown away if they are not. */
final class IndexFiles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IndexFiles.class);
    private static final Analyzer ANALYZER =
            new PerFieldAnalyzerWrapper(Words.STEMMED, Map.of(IndexedCapability.PREFIX, Words.PREFIXES));
    private static final String FORMAT = "format";
    private static final double BUFFER_MEGABYTES = 32;
    private static final double CACHED_SEGMENT_MEGABYTES = 1;
    private static final double CACHED_MEGABYTES = 8;

    private final Path path;
    private final Directory directory;
    private final IndexWriter writer;

    private IndexFiles(Path path, Directory directory, IndexWriter writer) {
        this.path = path;
        this.directory = directory;
        this.writer = writer;
    }

    /**
     * Opens what lies at the path, or starts anew if that is nothing, of another format, or broken. What keeps a good index
     * from being read (a full disk, a missing permission) is thrown: building anew would not help, and costs the index.
     */
    static IndexFiles open(Path path) throws IOException {
        OwnerFile.directory(path);
        try {
            return openPresent(path);
        } catch (CorruptIndexException
                | IndexFormatTooOldException
                | IndexFormatTooNewException
                | EOFException
                | FileNotFoundException
                | NoSuchFileException
                | RuntimeException
                | InternalError e) {
            log.warn("The search index cannot be used and is built anew. path={} cause={}", path, e.toString());
            // Lucene reads what is there even to replace it.
            deleteFiles(path);
            return openPresent(path);
        }
    }

    private static IndexFiles openPresent(Path path) throws IOException {
        var merging = new TieredMergePolicy();
        // Fewer segments than usual: each word is looked up in every one of them.
        merging.setSegmentsPerTier(5);
        var settings = new IndexWriterConfig(ANALYZER)
                .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
                .setMergePolicy(merging)
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                .setCommitOnClose(false);
        // What a few changes make is merged away before long: it need not become files.
        Directory directory =
                new NRTCachingDirectory(new MMapDirectory(path), CACHED_SEGMENT_MEGABYTES, CACHED_MEGABYTES);
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, settings);
            if (!isOfThisFormat(writer)) {
                writer.deleteAll();
            }
            // Reads all of it once: a damaged disk must not show as wrong answers or at somebody's search.
            try (DirectoryReader reader = DirectoryReader.open(writer)) {
                requireIntact(reader);
            }
            return new IndexFiles(path, directory, writer);
        } catch (IOException | RuntimeException | InternalError e) {
            // The last is how Java tells that a mapped file cannot be read.
            IOUtils.closeWhileHandlingException(writer, directory);
            throw e;
        }
    }

    private static boolean isOfThisFormat(IndexWriter writer) {
        Iterable<Map.Entry<String, String>> commit = writer.getLiveCommitData();
        if (commit != null) {
            for (Map.Entry<String, String> each : commit) {
                if (each.getKey().equals(FORMAT)) {
                    return each.getValue().equals(IndexedCapability.FORMAT);
                }
            }
        }
        return false;
    }

    /** Reads all of it and holds it against its checksums; throws what Lucene does if they differ. */
    static void requireIntact(DirectoryReader reader) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            leaf.reader().checkIntegrity();
        }
    }

    IndexWriter writer() {
        return writer;
    }

    /** False once a failure to write has closed them for good. */
    boolean isWritable() {
        return writer.isOpen();
    }

    /** Makes what was written outlast the process. */
    void commit() throws IOException {
        if (writer.hasUncommittedChanges()) {
            writer.setLiveCommitData(Map.of(FORMAT, IndexedCapability.FORMAT).entrySet());
            writer.commit();
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
        directory.close();
    }

    /** Closes and deletes them. */
    void discard() throws IOException {
        IOUtils.closeWhileHandlingException(writer::rollback, directory);
        deleteFiles(path);
    }

    /** What lies at the path and nobody has open; nothing, if nothing does. */
    static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            deleteFiles(path);
            Files.delete(path);
        }
    }

    private static void deleteFiles(Path path) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
