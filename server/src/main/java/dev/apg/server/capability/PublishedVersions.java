package dev.apg.server.capability;

import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.VersionState;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What a snapshot is made of. Each call reads one consistent state and returns its cursor: that state contains exactly
 * the events up to it.
 */
@Repository
public class PublishedVersions {
    private static final int ROWS_AT_ONCE = 2_000;

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    PublishedVersions(JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Hands over every capability and service of the tenant, one by one and in no particular order. Memory is bounded by
     * the largest capability, time is linear in the number of versions.
     */
    public Cursor load(UUID tenantId, Consumer<PublishedCapability> capabilities, Consumer<PublishedService> services) {
        return transactions.readLong(tenantId, () -> {
            Cursor cursor = end(tenantId);
            try (Stream<PublishedCapability> rows = jdbc
                            .sql(CapabilityRepository.SELECT + " ORDER BY capability_id")
                            .withFetchSize(ROWS_AT_ONCE)
                            .param("tenant", tenantId)
                            .query(CapabilityRepository.ROW)
                            .stream();
                    Stream<VersionRow> versions = jdbc
                            .sql(VERSIONS + " ORDER BY capability_id")
                            .withFetchSize(ROWS_AT_ONCE)
                            .param("tenant", tenantId)
                            .query(VERSION)
                            .stream()) {
                merge(rows.iterator(), versions.iterator(), capabilities);
            }
            try (Stream<PublishedService> rows =
                    jdbc.sql(SERVICES).withFetchSize(ROWS_AT_ONCE).param("tenant", tenantId).query(SERVICE).stream()) {
                rows.forEach(services);
            }
            return cursor;
        });
    }

    /**
     * Some capabilities and services as they are now.
     *
     * @param cursor of the state that was read
     */
    public record Changed(Cursor cursor, List<PublishedCapability> capabilities, List<PublishedService> services) {
        public Changed {
            capabilities = List.copyOf(capabilities);
            services = List.copyOf(services);
        }
    }

    /** Reads what changed, by the ids that events name. Linear in the versions of these capabilities. */
    public Changed load(UUID tenantId, Collection<UUID> capabilityIds, Collection<UUID> serviceIds) {
        return transactions.readConsistently(tenantId, () -> {
            Cursor cursor = end(tenantId);
            List<PublishedCapability> capabilities = new ArrayList<>(capabilityIds.size());
            if (!capabilityIds.isEmpty()) {
                UUID[] ids = capabilityIds.toArray(UUID[]::new);
                List<PublishedCapability> rows = jdbc.sql(
                                CapabilityRepository.SELECT + " AND capability_id = ANY(:ids) ORDER BY capability_id")
                        .param("tenant", tenantId)
                        .param("ids", ids)
                        .query(CapabilityRepository.ROW)
                        .list();
                List<VersionRow> versions = jdbc.sql(VERSIONS + " AND capability_id = ANY(:ids) ORDER BY capability_id")
                        .param("tenant", tenantId)
                        .param("ids", ids)
                        .query(VERSION)
                        .list();
                merge(rows.iterator(), versions.iterator(), capabilities::add);
            }
            List<PublishedService> services = serviceIds.isEmpty()
                    ? List.of()
                    : jdbc.sql(SERVICES + " AND service_id = ANY(:ids)")
                            .param("tenant", tenantId)
                            .param("ids", serviceIds.toArray(UUID[]::new))
                            .query(SERVICE)
                            .list();
            return new Changed(cursor, capabilities, services);
        });
    }

    /** The long describing fields of a capability. */
    public record Text(String description, List<String> keywords) {
        public Text {
            keywords = List.copyOf(keywords);
        }
    }

    /** The texts of some capabilities by id; an id that does not exist is not in the result. */
    public Map<UUID, Text> texts(UUID tenantId, Collection<UUID> capabilityIds) {
        Map<UUID, Text> texts = HashMap.newHashMap(capabilityIds.size());
        transactions.read(tenantId, () -> {
            jdbc.sql("""
                    SELECT capability_id, description, keywords FROM capability
                    WHERE tenant_id = :tenant AND capability_id = ANY(:ids)
                    """)
                    .param("tenant", tenantId)
                    .param("ids", capabilityIds.toArray(UUID[]::new))
                    .query(row -> {
                        texts.put(
                                row.getObject("capability_id", UUID.class),
                                new Text(row.getString("description"), CapabilityRepository.texts(row, "keywords")));
                    });
            return texts;
        });
        return texts;
    }

    private Cursor end(UUID tenantId) {
        return jdbc.sql("SELECT epoch, seq FROM tenant_cursor WHERE tenant_id = :tenant")
                .param("tenant", tenantId)
                .query((row, number) -> new Cursor(row.getLong("epoch"), row.getLong("seq")))
                .single();
    }

    private record VersionRow(UUID capabilityId, @Nullable String structure, PublishedVersion version) {}

    /** Both sides are in the order of the capability's id, and a version always has its capability. */
    private static void merge(
            Iterator<PublishedCapability> capabilities,
            Iterator<VersionRow> versions,
            Consumer<PublishedCapability> sink) {
        @Nullable VersionRow next = versions.hasNext() ? versions.next() : null;
        while (capabilities.hasNext()) {
            PublishedCapability capability = capabilities.next();
            List<PublishedVersion> own = new ArrayList<>();
            // Releases of one capability rarely differ in structure, so most of them share one object.
            Map<String, VersionStructure> structures = new HashMap<>();
            while (next != null && next.capabilityId().equals(capability.id())) {
                VersionStructure structure = next.structure() == null
                        ? VersionStructure.EMPTY
                        : structures.computeIfAbsent(next.structure(), VersionStructure::fromJson);
                own.add(next.version().withStructure(structure));
                next = versions.hasNext() ? versions.next() : null;
            }
            sink.accept(capability.withVersions(own));
        }
    }

    private static final String VERSIONS = """
            SELECT version_id, capability_id, number, state, state_reason, digest, structure, published_at, published_by
            FROM version WHERE tenant_id = :tenant""";

    private static final RowMapper<VersionRow> VERSION = (row, number) -> new VersionRow(
            row.getObject("capability_id", UUID.class),
            row.getString("structure"),
            new PublishedVersion(
                    row.getObject("version_id", UUID.class),
                    row.getString("number"),
                    VersionState.of(row.getString("state")),
                    row.getString("state_reason"),
                    Digest.ofBytes(row.getBytes("digest")).toString(),
                    VersionStructure.EMPTY,
                    CapabilityRepository.instant(row, "published_at"),
                    row.getString("published_by")));

    private static final String SERVICES =
            "SELECT service_id, code, description, created_at FROM service WHERE tenant_id = :tenant";

    private static final RowMapper<PublishedService> SERVICE = (row, number) -> new PublishedService(
            row.getObject("service_id", UUID.class),
            row.getString("code"),
            row.getString("description"),
            CapabilityRepository.instant(row, "created_at"));
}
