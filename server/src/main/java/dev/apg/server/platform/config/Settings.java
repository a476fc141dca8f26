package dev.apg.server.platform.config;

import dev.apg.server.platform.database.DatabaseAddress;
import dev.apg.server.platform.redis.RedisAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the server was told by its environment, validated.
 *
 * @param dataDirectory where the embedded database, checkpoints and the development token lie
 * @param port of the API; 0 takes a free one
 * @param metricsPort of {@code /metrics}, if it is served; 0 takes a free one
 * @param database empty: the embedded default of development
 * @param encryptionKeys the newest first; empty, in development only: one is made
 * @param secretKey signs what is handed out and wanted back; empty, in development only: one is made
 * @param mail empty: no mail is sent
 * @param eventRetention how long events are kept
 * @param auditRetention how long audit entries are kept of tenants that say nothing of it; empty: for ever
 * @param feed how the node follows the event log
 * @param rateLimit how often a client may ask; empty: as often as it likes
 * @param redis empty: nodes share nothing but the database
 * @param edge how requests come in
 * @param outbound how the server calls others
 * @param platformKey what whoever runs the installation shows to make and end tenants; in development one is made
 * @param warnings sentences for the operator that did not stop the start
 */
public record Settings(
        Stage stage,
        LogLevel logLevel,
        Path dataDirectory,
        int port,
        Optional<Integer> metricsPort,
        Optional<Database> database,
        List<Secret> encryptionKeys,
        Optional<Secret> secretKey,
        AccessTokenSettings accessTokens,
        SessionSettings sessions,
        Optional<MailSettings> mail,
        Duration eventRetention,
        Optional<Duration> auditRetention,
        Feed feed,
        Optional<RateLimit> rateLimit,
        Optional<RedisAddress> redis,
        EdgeSettings edge,
        OutboundSettings outbound,
        Optional<Secret> platformKey,
        List<String> warnings) {

    /** Where the server runs, from the loosest to the strictest. */
    public enum Stage {
        DEVELOPMENT,
        STAGING,
        PRODUCTION
    }

    /** How much is logged. */
    public enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    enum Storage {
        FILESYSTEM,
        S3
    }

    /**
     * An external database.
     *
     * @param server how the server connects
     * @param owner how migrations connect; empty: as the server
     * @param passwordFile a file that holds the server's password and is read again for each new connection
     * @param poolSize connections that are kept open
     * @param maxOverflow connections beyond that when it is busy
     */
    public record Database(
            DatabaseAddress server,
            Optional<DatabaseAddress> owner,
            Optional<Path> passwordFile,
            int poolSize,
            int maxOverflow) {}

    /**
     * How a node follows the event log.
     *
     * @param pollInterval how often cursors are read even if no notification came
     * @param listen whether LISTEN and NOTIFY are used
     * @param longestWait how long a request waits for the cursor that it asks for
     */
    public record Feed(Duration pollInterval, boolean listen, Duration longestWait) {
        public static final Feed DEFAULT = new Feed(Duration.ofSeconds(1), true, Duration.ofSeconds(5));
    }

    /**
     * How often a client may ask.
     *
     * @param requestsPerMinute on average
     * @param burst requests that may come at once after a while without any
     */
    public record RateLimit(int requestsPerMinute, int burst) {}

    /** The settings of a test or a tool: development, free ports, defaults for the rest. */
    public static Settings ofDevelopment(Path dataDirectory, Optional<Database> database) {
        return new Settings(
                Stage.DEVELOPMENT,
                LogLevel.INFO,
                dataDirectory,
                0,
                Optional.of(0),
                database,
                List.of(),
                Optional.empty(),
                AccessTokenSettings.ofDevelopment(),
                SessionSettings.ofDevelopment(),
                Optional.empty(),
                Duration.ofDays(30),
                Optional.empty(),
                Feed.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                EdgeSettings.PLAIN,
                OutboundSettings.ofDevelopment(),
                Optional.empty(),
                List.of());
    }

    /** How long a pipe behind {@code NAME_FILE} may take; whatever fetches a secret from elsewhere is done by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Reads and checks the environment.
     *
     * @throws ConfigurationException with a sentence for each thing that is wrong, and for each name that looks like one of
     *     APG and is none: that may be why something is missing
     */
    public static Settings read(Map<String, String> environment) {
        return read(environment, PATIENCE);
    }

    static Settings read(Map<String, String> environment, Duration patience) {
        var reader = new EnvironmentReader(environment, patience);
        Stage stage = reader.get(Variables.ENVIRONMENT);
        boolean debug = reader.get(Variables.DEBUG);
        if (debug && stage == Stage.PRODUCTION) {
            reader.refuse("DEBUG: true (expected: false in production).");
        }
        Optional<Secret> secretKey = reader.read(Variables.SECRET_KEY).map(Secret::new);
        List<Secret> encryptionKeys = encryptionKeys(reader, stage);
        Optional<Database> database = BackingServices.database(reader, stage);
        SharedSecrets.refuse(reader, stage, encryptionKeys, database);
        LogLevel level = reader.get(Variables.LOG_LEVEL);
        Path dataDirectory = dataDirectory(reader);
        int port = reader.get(Variables.PORT);
        int metricsPort = reader.get(Variables.METRICS_PORT);
        boolean metrics = reader.get(Variables.ENABLE_METRICS);
        if (metrics && port != 0 && port == metricsPort) {
            reader.refuse(
                    "METRICS_PORT: %d (expected: another port than that of the API, PORT).".formatted(metricsPort));
        }
        EdgeSettings edge = EdgeSettings.read(reader, stage);
        AccessTokenSettings accessTokens = AccessTokenSettings.read(reader, stage, edge.address(port));
        Optional<MailSettings> mail = MailSettings.read(reader, stage);
        OutboundSettings outbound = OutboundSettings.read(reader, stage);
        int retention = reader.get(Variables.EVENT_RETENTION_DAYS);
        var feed = new Feed(
                Duration.ofMillis(reader.get(Variables.FEED_POLL_MILLISECONDS)),
                reader.get(Variables.FEED_LISTEN),
                Duration.ofMillis(reader.get(Variables.FEED_WAIT_MILLISECONDS)));
        Optional<RateLimit> rateLimit = rateLimit(reader, stage);
        Optional<RedisAddress> redis = BackingServices.redis(reader, stage);
        // The features of these do not exist yet; their values are checked all the same, and warned of.
        Variables.all().filter(variable -> variable.awaits().isPresent()).forEach(reader::read);
        List<String> unknown = reader.unknownNames();
        if (!reader.problems().isEmpty()) {
            throw new ConfigurationException(joined(reader.problems(), unknown));
        }
        return new Settings(
                stage,
                debug && level.compareTo(LogLevel.DEBUG) > 0 ? LogLevel.DEBUG : level,
                dataDirectory,
                port,
                metrics ? Optional.of(metricsPort) : Optional.empty(),
                database,
                encryptionKeys,
                secretKey,
                accessTokens,
                SessionSettings.read(reader),
                mail,
                Duration.ofDays(retention),
                reader.read(Variables.AUDIT_RETENTION_DAYS).map(Duration::ofDays),
                feed,
                rateLimit,
                redis,
                edge,
                outbound,
                reader.read(Variables.API_KEY).map(Secret::new),
                joined(reader.warnings(), unknown));
    }

    /** Whoever gives a rate wants it, also in development. */
    private static Optional<RateLimit> rateLimit(EnvironmentReader reader, Stage stage) {
        boolean given =
                reader.isGiven(Variables.RATE_LIMIT_REQUESTS_PER_MINUTE) || reader.isGiven(Variables.RATE_LIMIT_BURST);
        boolean enabled = reader.read(Variables.RATE_LIMIT_ENABLED).orElse(given || stage != Stage.DEVELOPMENT);
        var rate = new RateLimit(
                reader.get(Variables.RATE_LIMIT_REQUESTS_PER_MINUTE), reader.get(Variables.RATE_LIMIT_BURST));
        return enabled ? Optional.of(rate) : Optional.empty();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static Path dataDirectory(EnvironmentReader reader) {
        Path directory =
                Path.of(reader.get(Variables.DATA_DIR)).toAbsolutePath().normalize();
        Path present = directory;
        // The root is always there.
        while (present.getParent() != null && !Files.exists(present)) {
            present = present.getParent();
        }
        if (!Files.isDirectory(present)) {
            reader.refuse("APG_DATA_DIR: %s (expected: a directory; %s is none).".formatted(directory, present));
        } else if (!isWritable(present)) {
            reader.refuse("APG_DATA_DIR: %s (expected: a directory that this user may write to; %s is not)."
                    .formatted(directory, present));
        }
        return directory;
    }

    /** Tries it, because permissions say little about file systems that are read-only or not real. */
    private static boolean isWritable(Path directory) {
        try {
            Files.delete(Files.createTempFile(directory, ".apg-", ".probe"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Secret> encryptionKeys(EnvironmentReader reader, Stage stage) {
        List.of(Variables.SECRET_KEY, Variables.API_KEY, AccessVariables.ENCRYPTION_KEY)
                .forEach(key -> {
                    if (stage != Stage.DEVELOPMENT && !reader.isGiven(key)) {
                        reader.refuse("%s is missing (expected outside development: %s)."
                                .formatted(key.name(), key.expected()));
                    }
                });
        return reader.read(AccessVariables.ENCRYPTION_KEY).orElse(List.of());
    }
}
