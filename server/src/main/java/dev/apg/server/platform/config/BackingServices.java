package dev.apg.server.platform.config;

import dev.apg.server.platform.database.DatabaseAddress;
import dev.apg.server.platform.redis.RedisAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads where the database and Redis are, and tells who else could read what passes between them and the server. */
final class BackingServices {
    private BackingServices() {}

    static Optional<Settings.Database> database(EnvironmentReader reader, Settings.Stage stage) {
        Optional<String> url = reader.read(Variables.DATABASE_URL);
        Optional<String> user = reader.read(Variables.DATABASE_USER);
        Optional<String> password = reader.read(Variables.DATABASE_PASSWORD);
        Optional<String> migration = reader.read(Variables.DATABASE_MIGRATION_URL);
        int poolSize = reader.get(Variables.DATABASE_POOL_SIZE);
        int overflow = reader.get(Variables.DATABASE_MAX_OVERFLOW);
        if (url.isEmpty()) {
            if (stage != Settings.Stage.DEVELOPMENT && !reader.isGiven(Variables.DATABASE_URL)) {
                reader.refuse(
                        "DATABASE_URL is missing (expected outside development: postgresql://user:password@host:port/database).");
            }
            return Optional.empty();
        }
        Optional<DatabaseAddress> server = address(reader, stage, Variables.DATABASE_URL, url.get(), user, password);
        Optional<DatabaseAddress> owner = migration.flatMap(text ->
                address(reader, stage, Variables.DATABASE_MIGRATION_URL, text, Optional.empty(), Optional.empty()));
        return server.map(address ->
                new Settings.Database(address, owner, reader.file(Variables.DATABASE_PASSWORD), poolSize, overflow));
    }

    private static Optional<DatabaseAddress> address(
            EnvironmentReader reader,
            Settings.Stage stage,
            Variable<String> variable,
            String url,
            Optional<String> user,
            Optional<String> password) {
        try {
            DatabaseAddress address = DatabaseAddress.parse(url, user, password);
            warn(reader, stage, variable, address.doubt());
            return Optional.of(address);
        } catch (IllegalArgumentException e) {
            reader.refuse("%s: %s.".formatted(variable.name(), e.getMessage()));
            return Optional.empty();
        }
    }

    static Optional<RedisAddress> redis(EnvironmentReader reader, Settings.Stage stage) {
        Optional<String> url = reader.read(Variables.REDIS_URL);
        Optional<List<X509Certificate>> certificates = reader.read(Variables.REDIS_CERTIFICATES);
        try {
            Optional<RedisAddress> redis = url.map(text -> RedisAddress.parse(text, certificates.orElse(List.of())));
            redis.ifPresent(address -> warn(reader, stage, Variables.REDIS_URL, address.doubt()));
            if (certificates.isPresent() && !redis.map(RedisAddress::encrypted).orElse(false)) {
                reader.warn("%s has no effect: only a REDIS_URL that starts with rediss:// uses it."
                        .formatted(Variables.REDIS_CERTIFICATES.name()));
            }
            return redis;
        } catch (IllegalArgumentException e) {
            reader.refuse("%s: %s.".formatted(Variables.REDIS_URL.name(), e.getMessage()));
            return Optional.empty();
        }
    }

    /** In development nothing passes that is worth reading. */
    private static void warn(
            EnvironmentReader reader, Settings.Stage stage, Variable<String> variable, Optional<String> doubt) {
        if (stage != Settings.Stage.DEVELOPMENT) {
            doubt.ifPresent(words -> reader.warn("%s: %s.".formatted(variable.name(), words)));
        }
    }
}
