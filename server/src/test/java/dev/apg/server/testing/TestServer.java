package dev.apg.server.testing;

import dev.apg.server.ApgServer;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.MailSettings;
import dev.apg.server.platform.config.Secret;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.redis.RedisAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.context.ConfigurableApplicationContext;

/** A real server on a free port, with a database of its own; several may run side by side. */
public final class TestServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Optional<TestDatabase> database;
    private final Path dataDirectory;

    private TestServer(ConfigurableApplicationContext context, Optional<TestDatabase> database, Path dataDirectory) {
        this.context = context;
        this.database = database;
        this.dataDirectory = dataDirectory;
    }

    /** A development server on a fresh database. */
    public static TestServer start() {
        return start(TestDatabase.create());
    }

    /** A server that is told everything, and whose database outlives it. */
    public static TestServer start(Settings settings) {
        return new TestServer(ApgServer.start(settings), Optional.empty(), settings.dataDirectory());
    }

    /** A server with a PostgreSQL of its own in its data directory, for tests that do it harm. */
    public static TestServer startEmbedded() {
        try {
            Path directory = Files.createTempDirectory("apg-test-");
            Settings settings = Settings.ofDevelopment(directory, Optional.empty());
            return new TestServer(ApgServer.start(settings), Optional.empty(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another node on a database; closing the server closes the database too, so close the nodes together. */
    public static TestServer start(TestDatabase database) {
        try {
            Path directory = Files.createTempDirectory("apg-test-");
            Settings settings = Settings.ofDevelopment(directory, Optional.of(database.settings()));
            return new TestServer(ApgServer.start(settings), Optional.of(database), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node on a database that outlives it, in a directory that may have served another, with other settings. */
    public static TestServer start(TestDatabase database, Path directory, UnaryOperator<Settings> change) {
        Settings settings = Settings.ofDevelopment(directory, Optional.of(database.settings()));
        return new TestServer(ApgServer.start(change.apply(settings)), Optional.of(database), directory);
    }

    /** Settings that differ in how a node follows the log. */
    public static UnaryOperator<Settings> withFeed(UnaryOperator<Settings.Feed> change) {
        return settings -> with(
                settings,
                settings.metricsPort(),
                change.apply(settings.feed()),
                settings.rateLimit(),
                settings.redis());
    }

    /** Settings that differ in what is encrypted with, newest key first, and in how access tokens are made. */
    public static UnaryOperator<Settings> withKeys(
            List<String> encryptionKeys, UnaryOperator<AccessTokenSettings> change) {
        return settings -> new Settings(
                settings.stage(),
                settings.logLevel(),
                settings.dataDirectory(),
                settings.port(),
                settings.metricsPort(),
                settings.database(),
                encryptionKeys.stream().map(Secret::new).toList(),
                settings.secretKey(),
                change.apply(settings.accessTokens()),
                settings.sessions(),
                settings.mail(),
                settings.eventRetention(),
                settings.auditRetention(),
                settings.feed(),
                settings.rateLimit(),
                settings.redis(),
                settings.edge(),
                settings.outbound(),
                settings.platformKey(),
                settings.warnings());
    }

    /** Settings that differ in what is signed with. */
    public static UnaryOperator<Settings> withSecretKey(String key) {
        return settings -> new Settings(
                settings.stage(),
                settings.logLevel(),
                settings.dataDirectory(),
                settings.port(),
                settings.metricsPort(),
                settings.database(),
                settings.encryptionKeys(),
                Optional.of(new Secret(key)),
                settings.accessTokens(),
                settings.sessions(),
                settings.mail(),
                settings.eventRetention(),
                settings.auditRetention(),
                settings.feed(),
                settings.rateLimit(),
                settings.redis(),
                settings.edge(),
                settings.outbound(),
                settings.platformKey(),
                settings.warnings());
    }

    /** Settings that differ in that mail is sent. */
    public static UnaryOperator<Settings> withMail(MailSettings mail) {
        return settings -> new Settings(
                settings.stage(),
                settings.logLevel(),
                settings.dataDirectory(),
                settings.port(),
                settings.metricsPort(),
                settings.database(),
                settings.encryptionKeys(),
                settings.secretKey(),
                settings.accessTokens(),
                settings.sessions(),
                Optional.of(mail),
                settings.eventRetention(),
                settings.auditRetention(),
                settings.feed(),
                settings.rateLimit(),
                settings.redis(),
                settings.edge(),
                settings.outbound(),
                settings.platformKey(),
                settings.warnings());
    }

    /** Settings that differ in how long audit entries are kept. */
    public static UnaryOperator<Settings> withAuditRetention(Duration kept) {
        return settings -> new Settings(
                settings.stage(),
                settings.logLevel(),
                settings.dataDirectory(),
                settings.port(),
                settings.metricsPort(),
                settings.database(),
                settings.encryptionKeys(),
                settings.secretKey(),
                settings.accessTokens(),
                settings.sessions(),
                settings.mail(),
                settings.eventRetention(),
                Optional.of(kept),
                settings.feed(),
                settings.rateLimit(),
                settings.redis(),
                settings.edge(),
                settings.outbound(),
                settings.platformKey(),
                settings.warnings());
    }

    /** Settings that differ in that there are no metrics. */
    public static Settings withoutMetrics(Settings settings) {
        return with(settings, Optional.empty(), settings.feed(), settings.rateLimit(), settings.redis());
    }

    /** Settings that differ in how often clients may ask. */
    public static UnaryOperator<Settings> withRateLimit(Settings.RateLimit rate) {
        return settings -> with(settings, settings.metricsPort(), settings.feed(), Optional.of(rate), settings.redis());
    }

    /** Settings that differ in that there is a Redis. */
    public static UnaryOperator<Settings> withRedis(String url) {
        return withRedis(RedisAddress.parse(url, List.of()));
    }

    /** The same, where something else vouches for it than what Java trusts. */
    public static UnaryOperator<Settings> withRedis(RedisAddress address) {
        return settings ->
                with(settings, settings.metricsPort(), settings.feed(), settings.rateLimit(), Optional.of(address));
    }

    /** Settings that differ in how requests come in. */
    public static UnaryOperator<Settings> withEdge(EdgeSettings edge) {
        return settings -> new Settings(
                settings.stage(),
                settings.logLevel(),
                settings.dataDirectory(),
                settings.port(),
                settings.metricsPort(),
                settings.database(),
                settings.encryptionKeys(),
                settings.secretKey(),
                settings.accessTokens(),
                settings.sessions(),
                settings.mail(),
                settings.eventRetention(),
                settings.auditRetention(),
                settings.feed(),
                settings.rateLimit(),
                settings.redis(),
                edge,
                settings.outbound(),
                settings.platformKey(),
                settings.warnings());
    }

    private static Settings with(
            Settings settings,
            Optional<Integer> metricsPort,
            Settings.Feed feed,
            Optional<Settings.RateLimit> rateLimit,
            Optional<RedisAddress> redis) {
        return new Settings(
                settings.stage(),
                settings.logLevel(),
                settings.dataDirectory(),
                settings.port(),
                metricsPort,
                settings.database(),
                settings.encryptionKeys(),
                settings.secretKey(),
                settings.accessTokens(),
                settings.sessions(),
                settings.mail(),
                settings.eventRetention(),
                settings.auditRetention(),
                feed,
                rateLimit,
                redis,
                settings.edge(),
                settings.outbound(),
                settings.platformKey(),
                settings.warnings());
    }

    /** Stops this node and leaves its database and directory to others. */
    public void stop() {
        context.close();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public URI metricsUrl() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    public TestDatabase database() {
        return database.orElseThrow();
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    /** The token that the first start wrote for the administrator of the tenant {@code default}. */
    public String token() {
        try {
            return Files.readString(dataDirectory.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client with {@link #token()}. */
    public TestClient client() {
        return client(token());
    }

    /** A client with the key that the start made for whoever runs the installation. */
    public TestClient platform() {
        try {
            return client(
                    Files.readString(dataDirectory.resolve("platform-key")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestClient client(String token) {
        return anonymous().with("Authorization", "Bearer " + token);
    }

    /** A client without a token. */
    public TestClient anonymous() {
        return new TestClient(url(), List.of());
    }

    /** For what cannot be seen from outside. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
        database.ifPresent(TestDatabase::close);
    }
}
