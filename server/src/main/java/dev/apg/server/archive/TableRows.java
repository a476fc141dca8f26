package dev.apg.server.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows as JSON Lines, which the database makes of them; read some at a time.
 *
 * @param sql gives a text, one line each, of the tenant {@code :tenant}; what it names is shown and nothing else
 */
public record TableRows(JdbcClient jdbc, String name, List<String> tables, String sql) implements TenantPart {
    private static final int ROWS_AT_ONCE = 100;

    @Override
    public void write(UUID tenantId, Archive archive) {
        archive.file(name, out -> {
            try (Stream<String> lines = jdbc
                    .sql(sql)
                    .withFetchSize(ROWS_AT_ONCE)
                    .param("tenant", tenantId)
                    .query((row, number) -> row.getString(1))
                    .stream()) {
                for (String line : (Iterable<String>) lines::iterator) {
                    out.write(line.getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                }
            }
        });
    }
}
