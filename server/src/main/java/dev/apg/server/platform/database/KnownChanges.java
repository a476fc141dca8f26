package dev.apg.server.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names and checksums of all changes that this program has, as {@code databasechangelog} has them once they are
 * applied. Reading the changes themselves and computing that takes Liquibase a second of a start; nearly every start finds
 * that nothing is to be done.
 */
final class KnownChanges {
    /** Made by {@code make generate}; a test fails when it is stale. */
    private static final String RESOURCE = "/db/applied-changes.txt";

    private KnownChanges() {}

    /**
     * Whether the database has all of them, as they are here, and no others. Says no as well where that cannot be seen:
     * Liquibase then finds out, and has the words for what is wrong.
     */
    static boolean areExactlyThoseOf(Connection connection) {
        var lines = new HashSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id || ' ' || md5sum FROM databasechangelog")) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        } catch (SQLException notThere) {
            return false;
        }
        return lines.equals(read());
    }

    private static Set<String> read() {
        try (InputStream file = Objects.requireNonNull(KnownChanges.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
