package dev.apg.server.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.apg.server.platform.DatabasePatience;
import dev.apg.server.platform.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database that the server runs on: the embedded default or an external one, migrated, and its pool. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    private static final int EMBEDDED_POOL = 20;

    /** The embedded database if none was named; a holder, because a bean cannot be absent. */
    record Embedded(Optional<EmbeddedDatabase> database) implements AutoCloseable {
        @Override
        public void close() {
            database.ifPresent(EmbeddedDatabase::close);
        }
    }

    @Bean
    Embedded embeddedDatabase(Settings settings) {
        return new Embedded(EmbeddedDatabase.startUnlessExternal(settings));
    }

    @Bean
    Migrations migrations(Settings settings, Embedded embedded) {
        DatabaseAddress server = server(settings, embedded);
        DatabaseAddress owner = embedded.database()
                .map(EmbeddedDatabase::owner)
                .or(() -> settings.database().flatMap(Settings.Database::owner))
                .orElse(server);
        return new Migrations(owner.source(), server.user());
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Settings settings, Embedded embedded, Migrations migrations) {
        if (settings.stage() == Settings.Stage.DEVELOPMENT) {
            migrations.up();
            migrations.warnIfAhead();
        } else {
            migrations.requireCurrent();
        }
        DatabaseAddress address = server(settings, embedded);
        var pool = new HikariConfig();
        pool.setPoolName("apg");
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        settings.database()
                .flatMap(Settings.Database::passwordFile)
                .ifPresent(file -> pool.setCredentialsProvider(() -> Credentials.of(address.user(), read(file))));
        pool.setMinimumIdle(settings.database().map(Settings.Database::poolSize).orElse(2));
        pool.setMaximumPoolSize(settings.database()
                .map(database -> database.poolSize() + database.maxOverflow())
                .orElse(EMBEDDED_POOL));
        pool.addDataSourceProperty(
                "socketTimeout",
                Long.toString(DatabasePatience.REQUEST.connection().toSeconds()));
        pool.setConnectionTimeout(5_000);
        pool.setValidationTimeout(2_000);
        pool.setInitializationFailTimeout(10_000);
        // Whatever the login role may do, transactions run as a role that owns nothing and obeys row-level security.
        pool.setConnectionInitSql("SET ROLE apg_application");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("connectTimeout", "3");
        // Breaking a statement off needs a connection of its own, which a database that hangs does not give.
        pool.addDataSourceProperty("cancelSignalTimeout", "1");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(pool);
    }

    /** Read for each new connection, so that a rotated password is taken without a restart. */
    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The file of DATABASE_PASSWORD_FILE cannot be read.", e);
        }
    }

    private static DatabaseAddress server(Settings settings, Embedded embedded) {
        return embedded.database()
                .map(EmbeddedDatabase::server)
                .orElseGet(() -> settings.database().orElseThrow().server());
    }
}
