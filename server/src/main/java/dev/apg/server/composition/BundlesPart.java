package dev.apg.server.composition;

import dev.apg.server.archive.Archive;
import dev.apg.server.archive.TenantPart;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The bundles of all revisions, a file each. */
@Component
class BundlesPart implements TenantPart {
    /** Each may have some megabytes. */
    private static final int BUNDLES_AT_ONCE = 2;

    private final JdbcClient jdbc;

    BundlesPart(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Bundle(String composition, int number, byte[] bytes) {}

    @Override
    public String name() {
        return "bundles/";
    }

    @Override
    public List<String> tables() {
        return List.of("revision");
    }

    @Override
    public void write(UUID tenantId, Archive archive) {
        try (Stream<Bundle> bundles = jdbc
                .sql("""
                SELECT code, number, bundle FROM revision JOIN composition USING (tenant_id, composition_id)
                WHERE tenant_id = :tenant AND bundle IS NOT NULL ORDER BY code COLLATE "C", number
                """)
                .withFetchSize(BUNDLES_AT_ONCE)
                .param("tenant", tenantId)
                .query((row, index) -> new Bundle(row.getString("code"), row.getInt("number"), row.getBytes("bundle")))
                .stream()) {
            bundles.forEach(bundle -> archive.file(
                    "%s%s/%d.tar".formatted(name(), bundle.composition(), bundle.number()),
                    out -> out.write(bundle.bytes())));
        }
    }
}
