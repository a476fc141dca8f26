package dev.apg.server.search;

import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.CapabilityText;
import dev.apg.server.catalog.Snapshot;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** A capability in the index. */
final class IndexedCapability {
    /** Changes whenever documents are built in another way: an index of another format is built anew. */
    static final String FORMAT = "1";

    /** The id. */
    static final String CODE = "code";

    /** Every word of every field; what is matched and counted, while the single fields are for the score. */
    static final String ALL = "all";

    /** Every beginning of every word of the short fields. */
    static final String PREFIX = "prefix";

    /** A number that differs if the document does; see {@link #stamp}. */
    static final String STAMP = "stamp";

    /** As much of a description as is kept for highlighting, in UTF-16 units. */
    static final int SHOWN_DESCRIPTION = 2_000;

    private static final FieldType MATCHED = type(IndexOptions.DOCS, true);
    private static final FieldType SCORED = type(IndexOptions.DOCS_AND_FREQS, false);

    private IndexedCapability() {}

    private static FieldType type(IndexOptions options, boolean omitNorms) {
        var type = new FieldType();
        type.setIndexOptions(options);
        type.setOmitNorms(omitNorms);
        type.setTokenized(true);
        type.freeze();
        return type;
    }

    static Term id(String code) {
        return new Term(CODE, code);
    }

    /** The services that some version provides. */
    static List<String> services(Snapshot snapshot, CapabilityEntry entry) {
        return snapshot.universe().services(entry.code());
    }

    /** Changes with everything that goes into a document: the edition counts changes of the describing fields. */
    static long stamp(CapabilityEntry entry, List<String> services) {
        long stamp = entry.edition();
        stamp = stamp * 31 + entry.updatedAt().toEpochMilli();
        stamp = stamp * 31 + entry.updatedAt().getNano();
        stamp = stamp * 31 + entry.id().hashCode();
        return stamp * 31 + services.hashCode();
    }

    static Document of(CapabilityEntry entry, CapabilityText text, List<String> services) {
        var document = new Document();
        document.add(new StringField(CODE, entry.code(), org.apache.lucene.document.Field.Store.YES));
        document.add(new SortedDocValuesField(CODE, new BytesRef(entry.code())));
        document.add(new NumericDocValuesField(STAMP, stamp(entry, services)));
        facet(document, Facet.CATEGORY, entry.category());
        facet(document, Facet.STATUS, entry.status().wire());
        facet(document, Facet.OWNER, entry.owner());
        for (String tag : entry.tags()) {
            document.add(new StringField(Facet.TAG.wire(), tag, org.apache.lucene.document.Field.Store.NO));
            document.add(new SortedSetDocValuesField(Facet.TAG.wire(), new BytesRef(tag)));
        }
        Map<Field, List<String>> values = Map.of(
                Field.DISPLAY_NAME, List.of(entry.displayName()),
                Field.CODE, List.of(entry.code()),
                Field.TAGS, entry.tags(),
                Field.SERVICES, services,
                Field.KEYWORDS, text.keywords(),
                Field.DESCRIPTION, List.of(text.description()));
        values.forEach((field, texts) -> texts.forEach(value -> words(document, field, value)));
        services.forEach(service -> document.add(new StoredField(Field.SERVICES.wire(), service)));
        text.keywords().forEach(keyword -> document.add(new StoredField(Field.KEYWORDS.wire(), keyword)));
        document.add(new StoredField(Field.DESCRIPTION.wire(), shown(text.description())));
        return document;
    }

    private static void facet(Document document, Facet facet, String value) {
        document.add(new StringField(facet.wire(), value, org.apache.lucene.document.Field.Store.NO));
        document.add(new SortedDocValuesField(facet.wire(), new BytesRef(value)));
    }

    private static void words(Document document, Field field, String value) {
        document.add(new org.apache.lucene.document.Field(field.indexed(), value, SCORED));
        document.add(new org.apache.lucene.document.Field(ALL, value, MATCHED));
        if (field.takesPrefixes()) {
            document.add(new org.apache.lucene.document.Field(PREFIX, value, MATCHED));
        }
    }

    private static String shown(String description) {
        if (description.length() <= SHOWN_DESCRIPTION) {
            return description;
        }
        int end = Character.isHighSurrogate(description.charAt(SHOWN_DESCRIPTION - 1))
                ? SHOWN_DESCRIPTION - 1
                : SHOWN_DESCRIPTION;
        return description.substring(0, end);
    }
}
