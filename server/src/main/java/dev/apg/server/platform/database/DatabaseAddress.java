package dev.apg.server.platform.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Where a PostgreSQL database is and who to be there.
 *
 * @param jdbcUrl without credentials
 * @param tls what is asked of the connection
 */
public record DatabaseAddress(String jdbcUrl, String user, String password, DatabaseTls tls) {
    private static final Set<String> OPTIONS =
            Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name");

    /** Of a database on this machine, of which no TLS is asked. */
    public DatabaseAddress(String jdbcUrl, String user, String password) {
        this(jdbcUrl, user, password, DatabaseTls.UNASKED);
    }

    /**
     * Reads {@code postgresql://user:password@host:port/database?sslmode=…}. Credentials that the address leaves out are
     * taken from the arguments. Files that it names have to be there.
     *
     * @throws IllegalArgumentException if the text is not such an address; the message never repeats the password
     */
    public static DatabaseAddress parse(String url, Optional<String> user, Optional<String> password) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            // The exception's own message would repeat the address and so the password.
            throw new IllegalArgumentException(
                    "not an address (expected: postgresql://user:password@host:port/database, with special characters of the password percent-encoded, or the password in DATABASE_PASSWORD)");
        }
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            throw new IllegalArgumentException("scheme: %s (expected: postgresql)".formatted(uri.getScheme()));
        }
        if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "host or database is missing (expected: postgresql://host:port/database)");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("port: %d (expected: 1 to 65535)".formatted(uri.getPort()));
        }
        String jdbc = "jdbc:postgresql://%s:%d%s"
                .formatted(uri.getHost(), uri.getPort() < 0 ? 5432 : uri.getPort(), uri.getRawPath());
        Map<String, String> options = options(uri);
        DatabaseTls tls = DatabaseTls.parse(uri.getHost(), options);
        return new DatabaseAddress(
                jdbc + driverOptions(options, tls),
                credential(uri, 0)
                        .or(() -> user)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the user is missing (expected: in the address or in DATABASE_USER)")),
                credential(uri, 1).or(() -> password).orElse(""),
                tls);
    }

    /** What is wrong with the connection for more than trying APG out, as the end of a sentence about the address. */
    public Optional<String> doubt() {
        return tls.doubt();
    }

    /** Connections without a pool, for work that may take any time on a database that lives. */
    public DataSource source() {
        var source = new PGSimpleDataSource();
        source.setTcpKeepAlive(true);
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        return new DelegatingDataSource(source) {
            @Override
            public Connection getConnection() throws SQLException {
                try {
                    return super.getConnection();
                } catch (SQLException failure) {
                    Optional<String> refusal = tls.refusal(failure);
                    throw refusal.isEmpty() ? failure : new SQLException(refusal.get(), failure.getSQLState(), failure);
                }
            }
        };
    }

    private static Optional<String> credential(URI uri, int part) {
        if (uri.getRawUserInfo() == null) {
            return Optional.empty();
        }
        String[] parts = uri.getRawUserInfo().split(":", 2);
        return part < parts.length
                ? Optional.of(URLDecoder.decode(parts[part].replace("+", "%2B"), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static Map<String, String> options(URI uri) {
        var options = new LinkedHashMap<String, String>();
        if (uri.getRawQuery() == null || uri.getRawQuery().isEmpty()) {
            return options;
        }
        for (String pair : uri.getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length != 2 || !OPTIONS.contains(parts[0])) {
                throw new IllegalArgumentException("option: %s (expected: one of %s)"
                        .formatted(
                                parts[0],
                                String.join(", ", OPTIONS.stream().sorted().toList())));
            }
            String value = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            if (options.putIfAbsent(parts[0], value) != null) {
                throw new IllegalArgumentException("option: %s (expected: once)".formatted(parts[0]));
            }
        }
        return options;
    }

    private static String driverOptions(Map<String, String> options, DatabaseTls tls) {
        var all = new LinkedHashMap<>(tls.driverOptions());
        options.forEach((option, value) -> driverName(option).ifPresent(name -> all.put(name, value)));
        return all.entrySet().stream()
                .map(option -> option.getKey() + "=" + URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    /** Libpq's spelling to the driver's; empty for those of TLS. */
    private static Optional<String> driverName(String option) {
        return switch (option) {
            case "connect_timeout" -> Optional.of("connectTimeout");
            case "application_name" -> Optional.of("ApplicationName");
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return user + "@" + jdbcUrl;
    }
}
