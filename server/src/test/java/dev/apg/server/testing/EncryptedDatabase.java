package dev.apg.server.testing;

import dev.apg.server.platform.database.DatabaseAddress;
import dev.apg.server.platform.database.EmbeddedDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A PostgreSQL of a test's own, with an empty database, that lets nobody in without TLS, and of the server's login role
 * wants to see its certificate. Its own one is for {@code localhost}.
 */
public final class EncryptedDatabase implements AutoCloseable {
    private static final String WHO_MAY_COME = """
            hostssl all postgres  127.0.0.1/32 scram-sha-256
            hostssl all apg_owner 127.0.0.1/32 scram-sha-256
            hostssl all apg       127.0.0.1/32 scram-sha-256 clientcert=verify-full
            """;

    private final EmbeddedDatabase embedded;
    private final Path certificates;

    private EncryptedDatabase(EmbeddedDatabase embedded, Path certificates) {
        this.embedded = embedded;
        this.certificates = certificates;
    }

    public static EncryptedDatabase start(TestAuthority authority, Path directory) throws IOException, SQLException {
        Path certificates = Files.createDirectories(directory.resolve("certificates"));
        Path postgres = directory.resolve("postgresql");
        EmbeddedDatabase embedded =
                EmbeddedDatabase.start(postgres, Path.of(System.getProperty("user.home"), ".cache", "apg"));
        var database = new EncryptedDatabase(embedded, certificates);
        try {
            database.write("authority.crt", authority.certificate().certificate());
            TestCertificate own = authority.certify("localhost");
            TestCertificate login = authority.certify(embedded.server().user());
            Files.writeString(postgres.resolve("data/pg_hba.conf"), WHO_MAY_COME);
            try (Connection connection = embedded.postgres().connect("postgres");
                    var statement = connection.createStatement()) {
                statement.execute("ALTER SYSTEM SET ssl_ca_file = '%s'".formatted(database.file("authority.crt")));
                statement.execute("ALTER SYSTEM SET ssl_cert_file = '%s'"
                        .formatted(database.write("server.crt", own.certificate())));
                statement.execute("ALTER SYSTEM SET ssl_key_file = '%s'"
                        .formatted(database.write("server.key", own.privateKey())));
                statement.execute("ALTER SYSTEM SET ssl = on");
                statement.execute("SELECT pg_reload_conf()");
            }
            database.write("login.crt", login.certificate());
            database.write("login.key", login.privateKey());
            return database;
        } catch (IOException | SQLException | RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    /** Of the authority, as {@code authority.crt}, and of the server's login role, as {@code login.crt} and {@code login.key}. */
    public Path file(String name) {
        return certificates.resolve(name);
    }

    /** Another one, which only its owner may read. */
    public Path write(String name, String text) throws IOException {
        Path file = file(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    /** For {@code DATABASE_MIGRATION_URL}. */
    public String owner(String host, Map<String, Object> options) {
        return url(embedded.owner(), host, options);
    }

    /** For {@code DATABASE_URL}. */
    public String server(String host, Map<String, Object> options) {
        return url(embedded.server(), host, options);
    }

    /** Of the role, which no sentence may repeat. */
    public String password() {
        return embedded.owner().password();
    }

    private String url(DatabaseAddress role, String host, Map<String, Object> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "="
                        + URLEncoder.encode(option.getValue().toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(
                        "&",
                        "postgresql://%s:%s@%s:%d/apg?"
                                .formatted(
                                        role.user(),
                                        role.password(),
                                        host,
                                        embedded.postgres().port()),
                        ""));
    }

    /** A connection of the superuser, for looking from outside. */
    public Connection superuser() throws SQLException {
        return embedded.postgres().connect("apg");
    }

    @Override
    public void close() {
        embedded.close();
    }
}
