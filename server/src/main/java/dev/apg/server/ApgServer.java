package dev.apg.server;

import dev.apg.server.catalog.Checkpoints;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.database.DatabaseStart;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;

/** The server: {@code apg serve}. */
@SpringBootApplication
public class ApgServer {
    /** Of this program; that of the HTTP interface, which changes more rarely, is in the OpenAPI document. */
    public static final String VERSION = "0.1.0";

    /**
     * Is not for people, who start the server by {@code apg serve}: the build runs it up to where the beans are known, to
     * work out how they are made (Spring's ahead-of-time processing), so that no start has to.
     */
    public static void main(String[] arguments) {
        var application = application();
        application.setDefaultProperties(Map.of("server.port", 0, "management.server.port", 0));
        application.run(arguments);
    }

    /** Starts a server with these settings; closing the context stops it. */
    public static ConfigurableApplicationContext start(Settings settings) {
        // The build has worked out the beans of a server with metrics. Spring asks for this once in the process, so
        // servers of
        // one process start one after the other.
        boolean workedOut = Boolean.getBoolean(AotDetector.AOT_ENABLED)
                && settings.metricsPort().isPresent();
        SpringProperties.setProperty(AotDetector.AOT_ENABLED, Boolean.toString(workedOut));
        var application = application();
        application.setDefaultProperties(properties(settings));
        application.addInitializers(context -> prepare((GenericApplicationContext) context, settings));
        // Spring Boot takes the variables DEBUG and TRACE for its own, and its debug log repeats what requests and
        // answers hold.
        ConfigurableApplicationContext context = application.run("--debug=false", "--trace=false");
        context.getBean(DatabaseStart.class).handOver();
        settings.warnings().forEach(LoggerFactory.getLogger(ApgServer.class)::warn);
        return context;
    }

    private static SpringApplication application() {
        var application = new SpringApplication(ApgServer.class);
        // What the build has worked out bears the name of this class.
        application.setMainApplicationClass(ApgServer.class);
        return application;
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
            // Whatever the level of the rest: somebody may collect them.
            properties.put("logging.level.dev.apg.audit", "info");
        } else {
            // A person at a terminal has `apg audit list`; an import would fill the screen.
            properties.put("logging.level.dev.apg.audit", "warn");
        }
        return properties;
    }
}
