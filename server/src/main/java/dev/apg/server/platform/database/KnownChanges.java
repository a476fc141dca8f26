package dev.apg.server.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        try {
            return Set.copyOf(linesOf(connection)).equals(Set.copyOf(read()));
        } catch (SQLException notThere) {
            return false;
        }
    }

    /**
     * Which of them the database has, and what else it has, for a login that may only look.
     *
     * @throws MigrationException if a change that the database has is another one here
     */
    static List<Migrations.Change> comparedWith(Connection connection) throws SQLException {
        List<String> applied = linesOf(connection);
        Map<String, String> sums = applied.stream().collect(Collectors.toMap(KnownChanges::name, KnownChanges::sum));
        List<String> known = read();
        known.stream()
                .filter(line -> !sum(line).equals(sums.getOrDefault(name(line), sum(line))))
                .findFirst()
                .ifPresent(line -> {
                    throw new MigrationException(Migrations.otherChanges(name(line)));
                });
        Set<String> names = known.stream().map(KnownChanges::name).collect(Collectors.toSet());
        return Stream.concat(
                        names(known)
                                .map(name -> new Migrations.Change(
                                        name,
                                        sums.containsKey(name) ? Migrations.State.APPLIED : Migrations.State.PENDING)),
                        names(applied)
                                .filter(name -> !names.contains(name))
                                .map(name -> new Migrations.Change(name, Migrations.State.UNKNOWN)))
                .toList();
    }

    private static Stream<String> names(List<String> lines) {
        return lines.stream().map(KnownChanges::name);
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private static String sum(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    private static List<String> linesOf(Connection connection) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT id || ' ' || coalesce(md5sum, '') FROM databasechangelog ORDER BY orderexecuted")) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private static List<String> read() {
        try (InputStream file = Objects.requireNonNull(KnownChanges.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
