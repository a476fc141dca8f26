package dev.apg.server.web;

import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.Settings;
import java.util.Arrays;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Tomcat's part of the edge: codes with an encoded slash, forms, who asks behind a proxy, what browsers are told, problems instead of
 * its own error pages, clients that go away, and those that take too much.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class TomcatEdge implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final EdgeSettings settings;

    TomcatEdge(Settings settings) {
        this.settings = settings.edge();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(WatchedProtocol.class.getName());
        factory.addConnectorCustomizers(connector -> {
            ((WatchedProtocol) connector.getProtocolHandler()).bound(settings);
            connector.setEncodedSolidusHandling("passthrough");
            // Parameters are those of the query: a form would be read, and its faults answered, before anybody asks for
            // it.
            connector.setParseBodyMethods("");
        });
        factory.addContextCustomizers(context -> {
            var host = (StandardHost) context.getParent();
            var pipeline = host.getPipeline();
            Arrays.stream(pipeline.getValves())
                    .filter(ErrorReportValve.class::isInstance)
                    .forEach(pipeline::removeValve);
            host.setErrorReportValveClass(ProblemReportValve.class.getName());
            pipeline.addValve(new ForwardedClientValve(settings));
            pipeline.addValve(new SecurityHeadersValve());
            pipeline.addValve(new ProblemReportValve());
            pipeline.addValve(new ClientWatchValve());
        });
    }
}
