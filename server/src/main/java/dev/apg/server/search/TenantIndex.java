package dev.apg.server.search;

import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.CapabilityText;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.tenancy.Cursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Lucene index of one tenant, memory-mapped from the data directory. One thread at a time changes it. */
final class TenantIndex implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TenantIndex.class);

    /** Documents that are made at once; bounds what the texts need of memory. */
    private static final int AT_ONCE = 1_000;

    private final IndexFiles files;
    private final IndexWriter writer;
    private final Function<Collection<CapabilityEntry>, Map<String, CapabilityText>> texts;
    private final Map<Facet, FacetValues> facetValues = new EnumMap<>(Facet.class);
    private final Map<IndexReader.CacheKey, FacetColumns> columns = new ConcurrentHashMap<>();
    private volatile @Nullable View view;

    /**
     * What searches see.
     *
     * @param cursor of the snapshot that the index is equal to
     */
    private record View(DirectoryReader reader, Cursor cursor) {}

    private TenantIndex(IndexFiles files, Function<Collection<CapabilityEntry>, Map<String, CapabilityText>> texts) {
        this.files = files;
        this.writer = files.writer();
        this.texts = texts;
        for (Facet facet : Facet.values()) {
            facetValues.put(facet, new FacetValues());
        }
    }

    /**
     * Opens what lies at the path, or starts anew, as {@link IndexFiles#open} says.
     *
     * @param texts gives the long fields of some capabilities
     */
    static TenantIndex open(Path path, Function<Collection<CapabilityEntry>, Map<String, CapabilityText>> texts)
            throws IOException {
        return new TenantIndex(IndexFiles.open(path), texts);
    }

    /**
     * Whether a failed search shows that the index is of no use: it is closed, its files cannot be read, or do not have
     * their checksums any more. Reads all of it if the failure itself does not tell.
     */
    boolean isDamaged(Throwable failure) {
        View now = view;
        if (now == null || failure instanceof IOException || failure instanceof InternalError) {
            return true;
        }
        if (!now.reader().tryIncRef()) {
            return false;
        }
        try {
            IndexFiles.requireIntact(now.reader());
            return false;
        } catch (IOException | RuntimeException | InternalError e) {
            return true;
        } finally {
            decrease(now.reader());
        }
    }

    private static void decrease(DirectoryReader reader) {
        try {
            reader.decRef();
        } catch (IOException e) {
            log.warn("A view of the search index could not be closed.", e);
        }
    }

    /** False once a failure to write has closed it for good. */
    boolean isWritable() {
        return files.isWritable();
    }

    /** Makes the index equal to a snapshot, whatever it was before; O(n), and O(what differs) to write. */
    void reconcile(Snapshot snapshot) throws IOException {
        Map<String, Long> present = stamps();
        List<CapabilityEntry> differing = new ArrayList<>();
        snapshot.capabilities().forEach(entry -> {
            Long stamp = present.remove(entry.code());
            if (stamp == null || stamp != IndexedCapability.stamp(entry, IndexedCapability.services(snapshot, entry))) {
                differing.add(entry);
            }
        });
        for (String gone : present.keySet()) {
            writer.deleteDocuments(IndexedCapability.id(gone));
        }
        write(snapshot, differing);
        publish(snapshot.cursor());
    }

    private Map<String, Long> stamps() throws IOException {
        Map<String, Long> stamps = new HashMap<>();
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                var codes = DocValues.getSorted(leaf.reader(), IndexedCapability.CODE);
                var values = DocValues.getNumeric(leaf.reader(), IndexedCapability.STAMP);
                var live = leaf.reader().getLiveDocs();
                for (int i = 0; i < leaf.reader().maxDoc(); i++) {
                    if ((live == null || live.get(i)) && codes.advanceExact(i) && values.advanceExact(i)) {
                        stamps.put(codes.lookupOrd(codes.ordValue()).utf8ToString(), values.longValue());
                    }
                }
            }
        }
        return stamps;
    }

    /** Follows a snapshot in which only some capabilities changed since the one that the index is equal to. */
    void update(Snapshot snapshot, Set<String> changed) throws IOException {
        List<CapabilityEntry> entries = new ArrayList<>(changed.size());
        for (String code : changed) {
            snapshot.capability(code).ifPresent(entries::add);
        }
        write(snapshot, entries);
        publish(snapshot.cursor());
    }

    private void write(Snapshot snapshot, List<CapabilityEntry> entries) throws IOException {
        for (int from = 0; from < entries.size(); from += AT_ONCE) {
            List<CapabilityEntry> some = entries.subList(from, Math.min(entries.size(), from + AT_ONCE));
            Map<String, CapabilityText> found = texts.apply(some);
            for (CapabilityEntry entry : some) {
                CapabilityText text = found.getOrDefault(entry.code(), new CapabilityText("", List.of()));
                writer.updateDocument(
                        IndexedCapability.id(entry.code()),
                        IndexedCapability.of(entry, text, IndexedCapability.services(snapshot, entry)));
            }
        }
    }

    private void publish(Cursor cursor) throws IOException {
        View before = view;
        DirectoryReader changed =
                before == null ? DirectoryReader.open(writer) : DirectoryReader.openIfChanged(before.reader(), writer);
        if (changed == null) {
            // Never null without a view before; events that change no document move the cursor all the same.
            view = new View(Objects.requireNonNull(before).reader(), cursor);
            return;
        }
        try {
            readColumns(changed);
        } catch (IOException | RuntimeException | InternalError e) {
            changed.decRef();
            throw e;
        }
        view = new View(changed, cursor);
        if (before != null) {
            before.reader().decRef();
        }
    }

    /** Reads the facets of segments that are new, before anybody searches them. */
    private void readColumns(DirectoryReader reader) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            IndexReader.CacheKey key = leaf.reader().getCoreCacheHelper().getKey();
            if (!columns.containsKey(key)) {
                columns.put(key, FacetColumns.read(leaf.reader(), facetValues));
                leaf.reader().getCoreCacheHelper().addClosedListener(columns::remove);
            }
        }
    }

    /** Asks the index. The state that is seen stays as it is until the answer is there. */
    <T> T search(Question<T> question) throws IOException {
        while (true) {
            View now = view;
            if (now == null) {
                throw new AlreadyClosedException("the index was searched before it was ready, or after");
            }
            if (now.reader().tryIncRef()) {
                try {
                    return question.answer(new IndexSearcher(now.reader()), now.cursor());
                } finally {
                    now.reader().decRef();
                }
            }
        }
    }

    /** Something to ask of the index as it was at a cursor. */
    interface Question<T> {
        T answer(IndexSearcher searcher, Cursor cursor) throws IOException;
    }

    FacetCounter facetCounter(Map<Facet, Set<String>> selections) {
        return new FacetCounter(
                leaf -> Objects.requireNonNull(
                        columns.get(leaf.reader().getCoreCacheHelper().getKey())),
                facetValues,
                selections);
    }

    /** Of the snapshot that searches see; null before the first. */
    @Nullable
    Cursor cursor() {
        View now = view;
        return now == null ? null : now.cursor();
    }

    /** Makes what was written outlast the process. */
    void commit() throws IOException {
        files.commit();
    }

    @Override
    public void close() throws IOException {
        View last = view;
        view = null;
        if (last != null) {
            last.reader().decRef();
        }
        files.close();
    }

    /** Closes it and deletes its files. */
    void discard() throws IOException {
        View last = view;
        view = null;
        if (last != null) {
            decrease(last.reader());
        }
        files.discard();
    }

    @Override
    public String toString() {
        return files.toString();
    }
}
