package dev.apg.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class KnownChangesDocumentTests {
    private static final Path DOCUMENT = Path.of("src", "main", "resources", "db", "applied-changes.txt");

    @Test
    void the_checked_in_file_lists_what_a_migrated_database_has() throws Exception {
        String applied = applied();
        if (Boolean.getBoolean("apg.generate")) {
            Files.writeString(DOCUMENT, applied);
        }

        assertThat(Files.readString(DOCUMENT))
                .describedAs(DOCUMENT + " is stale: run make generate")
                .isEqualTo(applied);
    }

    private static String applied() throws SQLException {
        var lines = new StringBuilder();
        try (var database = TestDatabase.create();
                var connection = database.superuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id, md5sum FROM databasechangelog ORDER BY orderexecuted")) {
            while (rows.next()) {
                lines.append(rows.getString(1))
                        .append(' ')
                        .append(rows.getString(2))
                        .append('\n');
            }
        }
        return lines.toString();
    }
}
