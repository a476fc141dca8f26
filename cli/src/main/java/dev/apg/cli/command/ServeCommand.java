package dev.apg.cli.command;

import dev.apg.server.ApgServer;
import dev.apg.server.platform.config.Settings;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;

/** Runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the server. It is configured by environment variables: see docs/configuration.md.",
        footer = {"", "Examples:", "  apg serve", "  PORT=8080 DATABASE_URL=postgresql://apg@db/apg apg serve"})
public final class ServeCommand implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        var stopped = new CountDownLatch(1);
        ConfigurableApplicationContext context = ApgServer.start(Settings.read(System.getenv()));
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) event -> stopped.countDown());
        stopped.await();
        return 0;
    }
}
