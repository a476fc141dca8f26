package dev.apg.server;

import dev.apg.server.platform.config.Settings;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The server: {@code apg serve}. */
@SpringBootApplication
public class ApgServer {
    /** Starts a server with these settings; closing the context stops it. */
    public static ConfigurableApplicationContext start(Settings settings) {
        var application = new SpringApplication(ApgServer.class);
        application.setDefaultProperties(Map.of(
                "server.port", settings.port(),
                "management.server.port", settings.metricsPort()));
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(Settings.class, () -> settings));
        return application.run();
    }
}
