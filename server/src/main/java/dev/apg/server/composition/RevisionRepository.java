package dev.apg.server.composition;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.RevisionSummary;
import dev.apg.contract.composition.ValidationReport;
import dev.apg.server.capability.VersionKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code revision} and {@code revision_entry}. */
@Repository
class RevisionRepository {
    private static final String SUMMARY =
            "number, message, draft_number, lock_digest, bundle_digest, frozen_at, frozen_by, bundle_purged_with, bundle_purged_why";

    private final JdbcClient jdbc;

    RevisionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A page, newest first, of numbers below {@code before}; {@code limit} rows at most. */
    List<RevisionSummary> page(UUID tenant, UUID compositionId, int before, int limit) {
        return jdbc.sql("SELECT " + SUMMARY + """
                 FROM revision WHERE tenant_id = :tenant AND composition_id = :composition AND number < :before
                ORDER BY number DESC LIMIT :limit
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> summary(row))
                .list();
    }

    Optional<RevisionRow> find(UUID tenant, UUID compositionId, int number) {
        return jdbc.sql("SELECT " + SUMMARY + """
                , draft, lock, report
                FROM revision WHERE tenant_id = :tenant AND composition_id = :composition AND number = :number
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .param("number", number)
                .query((row, n) -> new RevisionRow(
                        summary(row),
                        WireJson.MAPPER.readValue(row.getString("draft"), DraftDocument.class),
                        lock(row),
                        WireJson.MAPPER.readValue(row.getString("report"), ValidationReport.class)))
                .optional();
    }

    Optional<StoredLock> lock(UUID tenant, UUID compositionId, int number) {
        return jdbc.sql("""
                SELECT lock, lock_digest FROM revision
                WHERE tenant_id = :tenant AND composition_id = :composition AND number = :number
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .param("number", number)
                .query((row, n) -> lock(row))
                .optional();
    }

    /** Lock and draft, for comparing. */
    Optional<LockSide> side(UUID tenant, UUID compositionId, int number) {
        return jdbc.sql("""
                SELECT draft, lock, lock_digest FROM revision
                WHERE tenant_id = :tenant AND composition_id = :composition AND number = :number
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .param("number", number)
                .query((row, n) -> new LockSide(
                        DraftDocuments.stored(WireJson.MAPPER.readValue(row.getString("draft"), DraftDocument.class)),
                        lock(row).document()))
                .optional();
    }

    /**
     * What is known of a bundle without reading it.
     *
     * @param purged why it was erased, if it was
     */
    record BundleTag(String digest, Optional<String> purged) {}

    Optional<BundleTag> bundleTag(UUID tenant, UUID compositionId, int number) {
        return jdbc.sql("""
                SELECT bundle_digest, bundle_purged_with, bundle_purged_why FROM revision
                WHERE tenant_id = :tenant AND composition_id = :composition AND number = :number
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .param("number", number)
                .query((row, n) -> new BundleTag(digest(row, "bundle_digest"), Optional.ofNullable(purged(row))))
                .optional();
    }

    /** Empty if it was erased, too. */
    Optional<byte[]> bundle(UUID tenant, UUID compositionId, int number) {
        return jdbc.sql("""
                SELECT bundle FROM revision
                WHERE tenant_id = :tenant AND composition_id = :composition AND number = :number AND bundle IS NOT NULL
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .param("number", number)
                .query((row, n) -> row.getBytes("bundle"))
                .optional();
    }

    /**
     * How versions of revision {@code from} stood when a later one, up to {@code to}, was frozen without them for the last
     * time; by name, without those that were published.
     *
     * @param names such as {@code redis@7.0.0}, and of capabilities {@code redis}
     */
    Map<String, String> leftBehind(UUID tenant, UUID compositionId, int from, int to, Collection<String> names) {
        return jdbc
                .sql("""
                SELECT DISTINCT ON (l.name) l.name, l.standing
                FROM revision, jsonb_each_text(left_behind) AS l (name, standing)
                WHERE tenant_id = :tenant AND composition_id = :composition AND number > :from AND number <= :to
                  AND l.name = ANY (:names)
                ORDER BY l.name, number DESC
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .param("from", from)
                .param("to", to)
                .param("names", names.toArray(String[]::new))
                .query((row, n) -> Map.entry(row.getString("name"), row.getString("standing")))
                .stream()
                .filter(left -> !left.getValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Stores a revision and makes it the composition's newest. */
    void insert(UUID tenant, NewRevision revision) {
        jdbc.sql("""
                INSERT INTO revision (tenant_id, composition_id, number, message, draft, draft_number, lock, lock_digest,
                  report, bundle, bundle_digest, frozen_at, frozen_by, left_behind, request)
                VALUES (:tenant, :composition, :number, :message, :draft::jsonb, :draftNumber, :lock, :lockDigest,
                  :report::jsonb, :bundle, :bundleDigest, :frozenAt, :frozenBy,
                  :leftBehind::jsonb, :request)
                """)
                .param("tenant", tenant)
                .param("composition", revision.compositionId())
                .param("number", revision.number())
                .param("message", revision.message())
                .param("draft", WireJson.MAPPER.writeValueAsString(revision.draft()))
                .param("draftNumber", revision.draftNumber())
                .param("lock", revision.lock().bytes())
                .param("lockDigest", Digest.parse(revision.lock().digest()).bytes())
                .param("report", WireJson.MAPPER.writeValueAsString(revision.report()))
                .param("bundle", revision.bundle())
                .param("bundleDigest", Digest.parse(revision.bundleDigest()).bytes())
                .param("frozenAt", OffsetDateTime.ofInstant(revision.frozenAt(), ZoneOffset.UTC))
                .param("frozenBy", revision.frozenBy())
                .param("leftBehind", WireJson.MAPPER.writeValueAsString(revision.leftBehind()))
                .param("request", revision.request())
                .update();
        jdbc.sql("""
                INSERT INTO revision_entry (tenant_id, composition_id, number, version_id)
                SELECT :tenant, :composition, :number, version_id FROM unnest(:versions::uuid[]) AS v (version_id)
                """)
                .param("tenant", tenant)
                .param("composition", revision.compositionId())
                .param("number", revision.number())
                .param("versions", revision.versionIds().toArray(UUID[]::new))
                .update();
        jdbc.sql("""
                UPDATE composition SET head = :number, edition = edition + 1, updated_at = now()
                WHERE tenant_id = :tenant AND composition_id = :composition
                """)
                .param("tenant", tenant)
                .param("composition", revision.compositionId())
                .param("number", revision.number())
                .update();
    }

    /** A revision whose bundle was erased; the digest is still what it was. */
    record Erased(UUID compositionId, String composition, int number, String digest) {}

    /** Erases the bundles of all revisions that have the version in their locks, and what their reports said. */
    List<Erased> eraseBundles(UUID tenant, UUID versionId, VersionKey key, String reason, ValidationReport report) {
        return jdbc
                .sql("""
                UPDATE revision SET bundle = NULL, report = :report::jsonb, bundle_purged_at = now(),
                  bundle_purged_with = :key, bundle_purged_why = :reason
                FROM revision_entry AS entry JOIN composition USING (tenant_id, composition_id)
                WHERE entry.tenant_id = :tenant AND entry.version_id = :version AND revision.tenant_id = :tenant
                  AND revision.composition_id = entry.composition_id AND revision.number = entry.number
                  AND revision.bundle IS NOT NULL
                RETURNING revision.composition_id, composition.code, revision.number, revision.bundle_digest
                """)
                .param("tenant", tenant)
                .param("version", versionId)
                .param("key", key.toString())
                .param("reason", reason)
                .param("report", WireJson.MAPPER.writeValueAsString(report))
                .query((row, n) -> new Erased(
                        row.getObject("composition_id", UUID.class),
                        row.getString("code"),
                        row.getInt("number"),
                        digest(row, "bundle_digest")))
                .list()
                .stream()
                .sorted(Comparator.comparing(Erased::composition).thenComparing(Erased::number))
                .toList();
    }

    private static @Nullable String purged(ResultSet row) throws SQLException {
        String version = row.getString("bundle_purged_with");
        return version == null
                ? null
                : "%s was purged (%s), and the bundle held its content"
                        .formatted(version, row.getString("bundle_purged_why"));
    }

    private static String digest(ResultSet row, String column) throws SQLException {
        return Digest.ofBytes(row.getBytes(column)).toString();
    }

    private static StoredLock lock(ResultSet row) throws SQLException {
        return new StoredLock(row.getBytes("lock"), digest(row, "lock_digest"));
    }

    private static RevisionSummary summary(ResultSet row) throws SQLException {
        return new RevisionSummary(
                row.getInt("number"),
                row.getString("message"),
                row.getLong("draft_number"),
                digest(row, "lock_digest"),
                digest(row, "bundle_digest"),
                CompositionRepository.instant(row, "frozen_at"),
                row.getString("frozen_by"),
                purged(row));
    }
}
