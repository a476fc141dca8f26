package dev.apg.server.search;

import dev.apg.contract.search.SearchHit;
import dev.apg.contract.search.SearchHit.Highlight;
import dev.apg.server.catalog.CapabilityDocuments;
import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.springframework.stereotype.Service;

/** Answers what is looked for. */
@Service
class Search {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Best first; equals by code, so that pages neither skip nor repeat. */
    private static final Sort BEST_FIRST =
            new Sort(SortField.FIELD_SCORE, new SortField(IndexedCapability.CODE, SortField.Type.STRING));

    private static final Sort BY_CODE = new Sort(new SortField(IndexedCapability.CODE, SortField.Type.STRING));

    /** Hits beyond this need not be looked at once enough better ones are known: they are counted elsewhere. */
    private static final int EXACT_UP_TO = 1;

    private final Catalog catalog;
    private final SearchIndexes indexes;
    private final Settings.Feed settings;
    private final Timer timer;

    Search(Catalog catalog, SearchIndexes indexes, Settings settings, MeterRegistry meters) {
        this.catalog = catalog;
        this.indexes = indexes;
        this.settings = settings.feed();
        this.timer = Timer.builder("apg.search")
                .description("Time to answer a search, without HTTP")
                .publishPercentileHistogram()
                .register(meters);
    }

    /** A place in the order of hits. */
    record Position(float score, String code) {
        List<String> toList() {
            return List.of(Integer.toString(Float.floatToIntBits(score)), code);
        }

        static Position of(List<String> list) {
            return new Position(Float.intBitsToFloat(Integer.parseInt(list.get(0))), list.get(1));
        }
    }

    /** A hit and where it stands. */
    record Ranked(Position position, SearchHit hit) {}

    /**
     * What was found.
     *
     * @param cursor the lowest of the structures that were asked
     */
    record Found(Cursor cursor, List<Ranked> hits, List<Expansion> words, FacetCounter facets) {}

    /**
     * The first hits after a position. What matches all words; only if nothing does, what matches any.
     *
     * @throws Rejection 503 {@code search.loading}, if the index is not ready; 503 {@code snapshot.behind}, if it has not
     *     reached the context's minimum in time; and as {@link Catalog#snapshot} does
     */
    Found search(TenantContext context, SearchRequest request, Optional<Position> after, int limit) throws IOException {
        catalog.snapshot(context);
        TenantIndex index = ready(context);
        long start = System.nanoTime();
        try {
            return index.search((searcher, cursor) -> {
                // Taken after the index, so that it knows whatever the index finds.
                Snapshot snapshot = catalog.snapshot(context);
                List<Expansion> words = new ArrayList<>(request.words().size());
                for (Words.Word word : request.words()) {
                    words.add(Expansion.of(searcher.getIndexReader(), word));
                }
                Occur each = Occur.FILTER;
                FacetCounter facets = count(index, searcher, request, words, each);
                if (facets.total() == 0 && words.size() > 1) {
                    each = Occur.SHOULD;
                    facets = count(index, searcher, request, words, each);
                }
                List<Ranked> hits = hits(searcher, snapshot, request, words, each, after, limit);
                Cursor lowest = cursor.compareTo(snapshot.cursor()) < 0 ? cursor : snapshot.cursor();
                return new Found(lowest, hits, words, facets);
            });
        } catch (Rejection e) {
            throw e;
        } catch (IOException | RuntimeException | InternalError e) {
            if (!index.isDamaged(e)) {
                throw e;
            }
            indexes.follower(context.tenantId()).rebuild(index);
            throw Rejection.unavailable(
                    "search.loading", "The search index was damaged and is being built anew.", RETRY);
        } finally {
            timer.record(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private TenantIndex ready(TenantContext context) {
        IndexFollower follower = indexes.follower(context.tenantId());
        Cursor minimum = context.minimum().orElse(IndexFollower.ANY);
        TenantIndex index = follower.await(minimum, settings.longestWait())
                .orElseThrow(() -> Rejection.unavailable(
                        "search.loading", "This node is still building the search index.", RETRY));
        Cursor reached = index.cursor();
        if (reached == null || reached.compareTo(minimum) < 0) {
            throw Rejection.unavailable(
                    "snapshot.behind",
                    "X-APG-Min-Seq: %s was not reached within %d ms; the search index is at %s"
                            .formatted(minimum, settings.longestWait().toMillis(), reached),
                    RETRY);
        }
        return index;
    }

    private static FacetCounter count(
            TenantIndex index, IndexSearcher searcher, SearchRequest request, List<Expansion> words, Occur each)
            throws IOException {
        FacetCounter counter = index.facetCounter(request.selections());
        return searcher.search(WordQuery.matching(words, each), counter.manager());
    }

    private static List<Ranked> hits(
            IndexSearcher searcher,
            Snapshot snapshot,
            SearchRequest request,
            List<Expansion> words,
            Occur each,
            Optional<Position> after,
            int limit)
            throws IOException {
        boolean everything = words.isEmpty();
        var top = searcher.search(
                WordQuery.scoring(words, each, request.asCode(), request.selections()),
                new TopFieldCollectorManager(
                        everything ? BY_CODE : BEST_FIRST,
                        limit,
                        after.map(position -> place(position, everything)).orElse(null),
                        EXACT_UP_TO));
        var highlighter = new Highlighter(words);
        StoredFields stored = searcher.storedFields();
        List<Ranked> hits = new ArrayList<>(top.scoreDocs.length);
        for (ScoreDoc scored : top.scoreDocs) {
            Document document = stored.document(scored.doc);
            float score = everything ? 0 : ((Number) ((FieldDoc) scored).fields[0]).floatValue();
            Optional<CapabilityEntry> entry = snapshot.capability(document.get(IndexedCapability.CODE));
            entry.ifPresent(found -> hits.add(new Ranked(
                    new Position(score, found.code()),
                    new SearchHit(
                            CapabilityDocuments.summary(found),
                            score,
                            everything ? List.of() : highlights(highlighter, found, document)))));
        }
        return hits;
    }

    private static FieldDoc place(Position position, boolean everything) {
        Object code = new BytesRef(position.code());
        Object[] fields = everything ? new Object[] {code} : new Object[] {position.score(), code};
        return new FieldDoc(Integer.MAX_VALUE, position.score(), fields);
    }

    private static List<Highlight> highlights(Highlighter highlighter, CapabilityEntry entry, Document document) {
        List<Highlight> highlights = new ArrayList<>();
        highlights.addAll(highlighter.in(Field.DISPLAY_NAME, List.of(entry.displayName())));
        highlights.addAll(highlighter.in(Field.CODE, List.of(entry.code())));
        highlights.addAll(highlighter.in(Field.TAGS, entry.tags()));
        for (Field field : List.of(Field.KEYWORDS, Field.SERVICES, Field.DESCRIPTION)) {
            highlights.addAll(highlighter.in(field, Arrays.asList(document.getValues(field.wire()))));
        }
        return highlights;
    }
}
