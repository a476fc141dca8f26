package dev.apg.server.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import com.zaxxer.hikari.util.Credentials;
import dev.apg.server.platform.DatabasePatience;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.config.VariableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database that the server runs on: the embedded default or an external one, migrated, and its pool. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    private static final int EMBEDDED_POOL = 20;

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Settings settings, DatabaseStart start) {
        DatabaseAddress address = start.await();
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
        try {
            return new HikariDataSource(pool);
        } catch (PoolInitializationException unreachable) {
            // The migrations came in, perhaps by another address.
            throw address.tls()
                    .refusal(unreachable)
                    .<RuntimeException>map(words ->
                            new MigrationException("The database cannot be reached: %s".formatted(words), unreachable))
                    .orElse(unreachable);
        }
    }

    /** Read for each new connection, so that a rotated password is taken without a restart. */
    private static String read(Path file) {
        try {
            return VariableFile.read(file)
                    .orElseThrow(() -> new IOException("The file of DATABASE_PASSWORD_FILE is larger than 64 KiB."));
        } catch (IOException e) {
            throw new UncheckedIOException("The file of DATABASE_PASSWORD_FILE cannot be read.", e);
        }
    }
}
