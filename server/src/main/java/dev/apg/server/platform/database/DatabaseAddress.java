package dev.apg.server.platform.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a PostgreSQL database is and who to be there.
 *
 * @param jdbcUrl without credentials
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {
    private static final Set<String> OPTIONS =
            Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name");

    /**
     * Reads {@code postgresql://user:password@host:port/database?sslmode=…}. Credentials that the address leaves out are
     * taken from the arguments.
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
        return new DatabaseAddress(
                jdbc + options(uri),
                credential(uri, 0)
                        .or(() -> user)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the user is missing (expected: in the address or in DATABASE_USER)")),
                credential(uri, 1).or(() -> password).orElse(""));
    }

    /** Connections without a pool, for work that may take any time on a database that lives. */
    public DataSource source() {
        var source = new PGSimpleDataSource();
        source.setTcpKeepAlive(true);
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        return source;
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

    private static String options(URI uri) {
        if (uri.getRawQuery() == null || uri.getRawQuery().isEmpty()) {
            return "";
        }
        var options = new StringBuilder("?");
        for (String pair : uri.getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length != 2 || !OPTIONS.contains(parts[0])) {
                throw new IllegalArgumentException("option: %s (expected: one of %s)"
                        .formatted(
                                parts[0],
                                String.join(", ", OPTIONS.stream().sorted().toList())));
            }
            options.append(options.length() > 1 ? "&" : "")
                    .append(driverName(parts[0]))
                    .append('=')
                    .append(URLEncoder.encode(
                            URLDecoder.decode(parts[1], StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        }
        return options.toString();
    }

    /** libpq's spelling to the JDBC driver's. */
    private static String driverName(String option) {
        return switch (option) {
            case "connect_timeout" -> "connectTimeout";
            case "application_name" -> "ApplicationName";
            default -> option;
        };
    }

    @Override
    public String toString() {
        return user + "@" + jdbcUrl;
    }
}
