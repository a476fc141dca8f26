package dev.apg.server;

import dev.apg.server.catalog.Checkpoints;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.database.DatabaseStart;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The server: {@code apg serve}. */
@SpringBootApplication
public class ApgServer {
    /** Of this program; that of the HTTP interface, which changes more rarely, is in the OpenAPI document. */
    public static final String VERSION = "0.1.0";

    /** Starts a server with these settings; closing the context stops it. */
    public static ConfigurableApplicationContext start(Settings settings) {
        var application = new SpringApplication(ApgServer.class);
        application.setDefaultProperties(properties(settings));
        application.addInitializers(context -> prepare((GenericApplicationContext) context, settings));
        ConfigurableApplicationContext context = application.run();
        context.getBean(DatabaseStart.class).handOver();
        settings.warnings().forEach(LoggerFactory.getLogger(ApgServer.class)::warn);
        return context;
    }

    /** Not before this, because there is no log yet. */
    private static void prepare(GenericApplicationContext context, Settings settings) {
        var beans = context.getDefaultListableBeanFactory();
        beans.registerSingleton("settings", settings);
        DatabaseStart database = DatabaseStart.begin(settings);
        beans.registerSingleton("databaseStart", database);
        beans.registerSingleton("checkpoints", Checkpoints.begin(settings));
        // Whatever happens to the application's start, and after everything that uses the database.
        beans.registerDisposableBean("databaseStart", database::close);
    }

    private static Map<String, Object> properties(Settings settings) {
        var properties = new HashMap<String, Object>();
        properties.put("server.port", settings.port());
        // -1 turns the management server off.
        properties.put("management.server.port", settings.metricsPort().orElse(-1));
        properties.put("logging.level.dev.apg", settings.logLevel().name().toLowerCase(Locale.ROOT));
        if (settings.stage() != Settings.Stage.DEVELOPMENT) {
            properties.put("logging.structured.format.console", "ecs");
        }
        return properties;
    }
}
