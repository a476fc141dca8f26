package dev.apg.server.platform.database;

import java.sql.Connection;
import java.sql.SQLException;

/** What APG needs of a database before anything is made in it. */
final class DatabaseRequirements {
    /** Of PostgreSQL. */
    private static final int OLDEST = 15;

    private DatabaseRequirements() {}

    /** @throws MigrationException if the database is too old or could not hold every text */
    static void check(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT current_database(), current_setting('server_encoding'),
                               current_setting('server_version_num')::int, current_setting('server_version')
                        """)) {
            row.next();
            requireVersion(row.getInt(3), row.getString(4));
            if (!row.getString(2).equals("UTF8")) {
                throw new MigrationException(
                        "The database %s has the encoding %s (expected: UTF8): create it with ENCODING 'UTF8' TEMPLATE template0."
                                .formatted(row.getString(1), row.getString(2)));
            }
        }
    }

    /**
     * @param number as {@code server_version_num} tells it: 140009 for 14.9
     * @param words as {@code server_version} does: {@code 14.9 (Debian 14.9-1)}
     */
    static void requireVersion(int number, String words) {
        if (number < OLDEST * 10_000) {
            throw new MigrationException(
                    "The database is PostgreSQL %s (expected: %d or newer): upgrade it, or let DATABASE_URL name another one."
                            .formatted(words, OLDEST));
        }
    }
}
