package dev.apg.server.catalog;

import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Strength;
import dev.apg.server.capability.VersionStructure;
import dev.apg.server.capability.VersionStructure.Kind;
import dev.apg.server.capability.VersionStructure.Requirement;
import dev.apg.server.capability.VersionStructure.Target;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.testing.TestTenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts capabilities, versions and services into a tenant through the one door for writes, without the checks of
 * publishing: for states that publishing would take many requests to reach, or would not let through.
 */
public final class CatalogRows {
    private final TestTenant tenant;
    private final Writes writes;
    private final JdbcClient jdbc;

    public CatalogRows(TestTenant tenant) {
        this.tenant = tenant;
        this.writes = tenant.server().bean(Writes.class);
        this.jdbc = tenant.server().bean(JdbcClient.class);
    }

    /** One write of several changes; tells its cursor. */
    public Cursor write(Consumer<Batch> changes) {
        return writes.write(tenant.context(), journal -> {
                    changes.accept(new Batch(journal));
                    return true;
                })
                .cursor();
    }

    public static Requirement requires(String code, String range) {
        return new Requirement(code, Strength.REQUIRED, List.of(new Target(Kind.CAPABILITY, code, range)));
    }

    public static Requirement requiresService(String code, String range) {
        return new Requirement(code, Strength.REQUIRED, List.of(new Target(Kind.SERVICE, code, range)));
    }

    public static VersionStructure structure(List<Provision> provides, Requirement... requirements) {
        return new VersionStructure(provides, List.of(requirements), List.of(), 0);
    }

    /** The describing fields of a capability. */
    public record About(
            String displayName,
            String description,
            String category,
            String owner,
            List<String> tags,
            List<String> keywords,
            String status) {
        public static final About NOTHING = new About("", "", "", "", List.of(), List.of(), "active");
    }

    /** Changes of one write. */
    public final class Batch {
        private final Journal journal;

        private Batch(Journal journal) {
            this.journal = journal;
        }

        public Batch capability(String code) {
            return capability(code, About.NOTHING);
        }

        public Batch capability(String code, About about) {
            UUID id = jdbc.sql("""
                    INSERT INTO capability
                      (tenant_id, capability_id, code, display_name, description, category, owner, tags, keywords, status)
                    VALUES (:tenant, :id, :code, :name, :description, :category, :owner, :tags, :keywords, :status)
                    ON CONFLICT (tenant_id, code) DO UPDATE SET
                      display_name = excluded.display_name, description = excluded.description,
                      category = excluded.category, owner = excluded.owner, tags = excluded.tags,
                      keywords = excluded.keywords, status = excluded.status,
                      edition = capability.edition + 1, updated_at = clock_timestamp()
                    RETURNING capability_id
                    """)
                    .param("tenant", tenant.id())
                    .param("id", Ids.next())
                    .param("code", code)
                    .param("name", about.displayName().isEmpty() ? code : about.displayName())
                    .param("description", about.description())
                    .param("category", about.category())
                    .param("owner", about.owner())
                    .param("tags", about.tags().toArray(String[]::new))
                    .param("keywords", about.keywords().toArray(String[]::new))
                    .param("status", about.status())
                    .query(UUID.class)
                    .single();
            record("capability.described", "capability", id, code);
            return this;
        }

        public Batch version(String code, String number) {
            return version(code, number, VersionStructure.EMPTY);
        }

        public Batch version(String code, String number, VersionStructure structure) {
            List<String> services = new ArrayList<>();
            structure.provides().forEach(provision -> services.add(provision.service()));
            structure
                    .requirements()
                    .forEach(requirement -> requirement.targets().stream()
                            .filter(target -> target.kind() == Kind.SERVICE)
                            .forEach(target -> services.add(target.code())));
            services.forEach(service -> service(service, ""));
            UUID id = idOf(code);
            jdbc.sql("""
                    INSERT INTO version
                      (tenant_id, version_id, capability_id, number, state, digest, document, structure, published_by)
                    VALUES (?, ?, ?, ?, 'published', ?, ?, ?, 'test')
                    """)
                    .param(tenant.id())
                    .param(Ids.next())
                    .param(id)
                    .param(number)
                    .param(digest(code + "@" + number))
                    .param("{}".getBytes(StandardCharsets.UTF_8))
                    .param(structure.toJson())
                    .update();
            record("version.published", "version", id, code + "@" + number);
            return this;
        }

        public Batch state(String code, String number, String state) {
            jdbc.sql("""
                    UPDATE version SET state = :state,
                      document = CASE WHEN :state = 'purged' THEN NULL ELSE document END,
                      structure = CASE WHEN :state = 'purged' THEN NULL ELSE structure END
                    WHERE tenant_id = :tenant AND capability_id = :id AND number = :number AND state <> 'purged'
                    """)
                    .param("tenant", tenant.id())
                    .param("id", idOf(code))
                    .param("number", number)
                    .param("state", state)
                    .update();
            String type = state.equals("pending") ? "version.submitted" : "version." + state;
            record(type, "version", idOf(code), code + "@" + number);
            return this;
        }

        public Batch service(String code, String description) {
            jdbc.sql("""
                    INSERT INTO service (tenant_id, service_id, code, description) VALUES (?, ?, ?, ?)
                    ON CONFLICT (tenant_id, code) DO NOTHING RETURNING service_id
                    """)
                    .param(tenant.id())
                    .param(Ids.next())
                    .param(code)
                    .param(description)
                    .query(UUID.class)
                    .optional()
                    .ifPresent(id -> record("service.registered", "service", id, code));
            return this;
        }

        private UUID idOf(String code) {
            return jdbc.sql("SELECT capability_id FROM capability WHERE tenant_id = ? AND code = ?")
                    .param(tenant.id())
                    .param(code)
                    .query(UUID.class)
                    .single();
        }

        private void record(String type, String kind, UUID id, String code) {
            journal.record(new Mutation(type, kind, id, code, Map.of(), Optional.empty(), Optional.empty()));
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
