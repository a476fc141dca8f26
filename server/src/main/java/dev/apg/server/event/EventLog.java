package dev.apg.server.event;

import dev.apg.contract.WireJson;
import dev.apg.contract.event.EventDocument;
import dev.apg.server.tenancy.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;

/** The reading side of the tables {@code event} and {@code tenant_cursor}. */
@Repository
public class EventLog {
    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final TransactionTemplate feed;

    EventLog(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.feed = new TransactionTemplate(transactions);
        this.feed.setReadOnly(true);
    }

    /**
     * Which events are kept.
     *
     * @param end the last event
     * @param oldest number of the oldest one kept
     */
    public record Extent(Cursor end, long oldest) {
        /** Whether all events after the cursor are kept, so that whoever stands there can go on. */
        public boolean continues(Cursor after) {
            return after.epoch() == end.epoch() && after.seq() <= end.seq() && after.seq() + 1 >= oldest;
        }
    }

    /** Something that events were about: many events of one subject are one change. */
    public record ChangedSubject(String kind, UUID id, long events) {}

    /** Where every tenant's log ends, but of those that are being erased; in a transaction of its own, as the role that sees cursors and nothing else. */
    public Map<UUID, LogEnd> ends() {
        Map<UUID, LogEnd> ends = new HashMap<>();
        feed.executeWithoutResult(status -> {
            jdbc.sql("SET LOCAL ROLE apg_feed").update();
            jdbc.sql("SELECT tenant_id, epoch, seq, access_seq FROM tenant_cursor WHERE state <> 'erasing'")
                    .query(row -> {
                        ends.put(
                                row.getObject(1, UUID.class),
                                new LogEnd(new Cursor(row.getLong(2), row.getLong(3)), row.getLong(4)));
                    });
        });
        return ends;
    }

    /** What the tenant's log holds; inside the caller's tenant transaction. */
    public Extent extent(UUID tenantId) {
        return jdbc.sql("SELECT epoch, seq, oldest FROM tenant_cursor WHERE tenant_id = ?")
                .param(tenantId)
                .query((row, number) -> new Extent(new Cursor(row.getLong(1), row.getLong(2)), row.getLong(3)))
                .single();
    }

    /**
     * Something by which the event at a cursor is told from every other, so that a state which was kept outside the
     * database can be recognised as one of this database; empty if the event is not kept. Inside the caller's tenant
     * transaction.
     */
    public Optional<String> mark(UUID tenantId, Cursor cursor) {
        return jdbc.sql("SELECT subject_id, at FROM event WHERE tenant_id = ? AND seq = ? AND epoch = ?")
                .param(tenantId)
                .param(cursor.seq())
                .param(cursor.epoch())
                .query((row, number) -> row.getObject(1, UUID.class) + " "
                        + row.getObject(2, OffsetDateTime.class).toInstant())
                .optional();
    }

    /** What the events after a cursor were about; inside the caller's tenant transaction. */
    public List<ChangedSubject> changedSubjects(UUID tenantId, Cursor after) {
        return jdbc.sql("""
                SELECT subject_kind, subject_id, count(*) AS events FROM event
                WHERE tenant_id = ? AND seq > ?
                GROUP BY subject_kind, subject_id
                """)
                .param(tenantId)
                .param(after.seq())
                .query((row, number) -> new ChangedSubject(
                        row.getString("subject_kind"), row.getObject("subject_id", UUID.class), row.getLong("events")))
                .list();
    }

    /** Number of the tenant's last event after which somebody may do other things; inside the caller's tenant transaction. */
    public long accessSeq(UUID tenantId) {
        return jdbc.sql("SELECT access_seq FROM tenant_cursor WHERE tenant_id = ?")
                .param(tenantId)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Whether a request has left events after a number; inside the caller's tenant transaction. */
    public boolean holds(UUID tenantId, long seq, String requestId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM event WHERE tenant_id = ? AND seq > ? AND request_id = ?)")
                .params(tenantId, seq, requestId)
                .query(Boolean.class)
                .single();
    }

    /** The first events after a number; inside the caller's tenant transaction. */
    List<EventDocument> after(UUID tenantId, long seq, int limit) {
        return jdbc.sql("""
                SELECT seq, epoch, type, subject_kind, subject_id, subject_code, data, actor_kind, actor, at, request_id FROM event
                WHERE tenant_id = ? AND seq > ? ORDER BY seq LIMIT ?
                """)
                .param(tenantId)
                .param(seq)
                .param(limit)
                .query((row, number) -> document(row))
                .list();
    }

    private static EventDocument document(ResultSet row) throws SQLException {
        return new EventDocument(
                new Cursor(row.getLong("epoch"), row.getLong("seq")).toString(),
                row.getString("type"),
                row.getString("subject_kind"),
                row.getObject("subject_id", UUID.class),
                row.getString("subject_code"),
                WireJson.MAPPER.readValue(row.getString("data"), DATA),
                row.getString("actor_kind"),
                row.getString("actor"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("request_id"));
    }
}
