package dev.apg.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How the embedded database of a running server keeps what it acknowledges, as the database itself says.
 *
 * @param values name and value of each setting
 * @param authentication the methods that its {@code pg_hba.conf} asks for
 */
record DatabaseSettings(List<String> values, String authentication) {
    private static final List<String> NAMES = List.of(
            "server_version",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "wal_sync_method",
            "commit_delay",
            "shared_buffers");

    /** @param directory the server's data directory */
    static DatabaseSettings read(Path directory) throws IOException {
        try (Connection connection = connect(directory);
                Statement statement = connection.createStatement()) {
            List<String> values = new ArrayList<>();
            for (String name : NAMES) {
                values.add(name + " = " + first(statement, "SHOW " + name));
            }
            return new DatabaseSettings(
                    values, first(statement, "SELECT string_agg(DISTINCT auth_method, ', ') FROM pg_hba_file_rules"));
        } catch (SQLException failed) {
            throw new IOException("the database does not tell its settings", failed);
        }
    }

    /** As the superuser of a running server's embedded database. */
    static Connection connect(Path directory) throws IOException, SQLException {
        Path postgres = directory.resolve("postgresql");
        String port = Files.readAllLines(postgres.resolve("data/postmaster.pid"))
                .get(3)
                .strip();
        String password = Files.readString(postgres.resolve("superuser")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/apg", "postgres", password);
    }

    private static String first(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    String describe() {
        return String.join(", ", values) + ", authentication = " + authentication;
    }
}
