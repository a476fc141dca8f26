package dev.apg.server.capability;

import dev.apg.server.event.Growth;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The tables {@code service}, {@code service_version}, {@code capability_reference} and {@code service_reference}: what
 * versions name, so that nobody can name nothing. Inside a transaction of its tenant.
 */
@Repository
class ReferenceRepository {
    private final JdbcClient jdbc;

    ReferenceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The ids of those of the services that exist. */
    Map<String, UUID> serviceIds(UUID tenantId, Collection<String> codes) {
        Map<String, UUID> found = HashMap.newHashMap(codes.size());
        jdbc.sql("SELECT code, service_id FROM service WHERE tenant_id = :tenant AND code = ANY(:codes)")
                .param("tenant", tenantId)
                .param("codes", codes.toArray(String[]::new))
                .query(row -> {
                    found.put(row.getString("code"), row.getObject("service_id", UUID.class));
                });
        return found;
    }

    /** The versions in which each service is provided. */
    Map<String, List<String>> serviceNumbers(UUID tenantId, Collection<String> codes) {
        Map<String, List<String>> numbers = HashMap.newHashMap(codes.size());
        jdbc.sql("""
                SELECT service.code, array_agg(service_version.number) AS numbers
                FROM service JOIN service_version USING (tenant_id, service_id)
                WHERE service.tenant_id = :tenant AND service.code = ANY(:codes)
                GROUP BY service.code
                """)
                .param("tenant", tenantId)
                .param("codes", codes.toArray(String[]::new))
                .query(row -> {
                    numbers.put(row.getString("code"), List.of((String[])
                            row.getArray("numbers").getArray()));
                });
        return numbers;
    }

    /** A service to add. */
    record ServiceRow(UUID id, String code, String description) {
        Growth growth() {
            return Growth.ofBytes(description.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    /** Adds services. One that another transaction added meanwhile is left as it is; the number of added rows tells. */
    int insertServices(UUID tenantId, List<ServiceRow> services) {
        return jdbc.sql("""
                INSERT INTO service (tenant_id, service_id, code, description)
                SELECT :tenant, s.id, s.code, s.description
                FROM unnest(:ids::uuid[], :codes::text[], :descriptions::text[]) AS s (id, code, description)
                ON CONFLICT (tenant_id, code) DO NOTHING
                """)
                .param("tenant", tenantId)
                .param("ids", services.stream().map(ServiceRow::id).toArray(UUID[]::new))
                .param("codes", services.stream().map(ServiceRow::code).toArray(String[]::new))
                .param(
                        "descriptions",
                        services.stream().map(ServiceRow::description).toArray(String[]::new))
                .update();
    }

    /** That a capability's versions name a capability or a service. */
    record Reference(UUID source, UUID target) {}

    /** A version in which a service is provided. */
    record ServiceVersion(UUID service, String number) {}

    /** Adds references to capabilities; those that exist stay. */
    void insertCapabilityReferences(UUID tenantId, List<Reference> references) {
        insert("""
                INSERT INTO capability_reference (tenant_id, source_id, capability_id)
                SELECT :tenant, r.source, r.target FROM unnest(:sources::uuid[], :targets::uuid[]) AS r (source, target)
                ON CONFLICT DO NOTHING
                """, tenantId, references);
    }

    /** Adds references to services, required and provided alike; those that exist stay. */
    void insertServiceReferences(UUID tenantId, List<Reference> references) {
        insert("""
                INSERT INTO service_reference (tenant_id, source_id, service_id)
                SELECT :tenant, r.source, r.target FROM unnest(:sources::uuid[], :targets::uuid[]) AS r (source, target)
                ON CONFLICT DO NOTHING
                """, tenantId, references);
    }

    private void insert(String sql, UUID tenantId, List<Reference> references) {
        jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("sources", references.stream().map(Reference::source).toArray(UUID[]::new))
                .param("targets", references.stream().map(Reference::target).toArray(UUID[]::new))
                .update();
    }

    /** Adds the versions in which services are provided; those that exist stay. */
    void insertServiceVersions(UUID tenantId, List<ServiceVersion> versions) {
        jdbc.sql("""
                INSERT INTO service_version (tenant_id, service_id, number)
                SELECT :tenant, v.service, v.number FROM unnest(:services::uuid[], :numbers::text[]) AS v (service, number)
                ON CONFLICT DO NOTHING
                """)
                .param("tenant", tenantId)
                .param(
                        "services",
                        versions.stream().map(ServiceVersion::service).toArray(UUID[]::new))
                .param("numbers", versions.stream().map(ServiceVersion::number).toArray(String[]::new))
                .update();
    }
}
