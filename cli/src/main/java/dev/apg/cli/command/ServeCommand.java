package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.Shell;
import dev.apg.cli.client.ServerAddress;
import dev.apg.server.ApgServer;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.database.EmbeddedDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Run the server. It is configured by environment variables: see docs/configuration.md.",
        footer = {
            "",
            "SIGTERM and Ctrl-C let requests end (20 s at most) and stop it.",
            "",
            "Examples:",
            "  apg serve",
            "  PORT=8080 DATABASE_URL=postgresql://apg@db/apg apg serve"
        })
public final class ServeCommand implements Callable<Integer> {
    private final Shell shell;

    @Spec
    CommandSpec spec;

    public ServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        return serve(spec.commandLine().getOut());
    }

    /** Runs the server, and tells on {@code out} when it is ready; returns the exit code when it has stopped. */
    public int serve(PrintWriter out) throws InterruptedException {
        var stopped = new CountDownLatch(1);
        Settings settings = Settings.read(shell.environment());
        // Starting takes seconds; what another program keeps from us is known at once.
        EmbeddedDatabase.requireUnused(settings);
        requireFree(settings.port());
        settings.metricsPort().ifPresent(ServeCommand::requireFree);
        ConfigurableApplicationContext context = ApgServer.start(settings);
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) event -> stopped.countDown());
        if (settings.stage() == Settings.Stage.DEVELOPMENT) {
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            String scheme = settings.edge().tls().isPresent() ? "https://localhost" : "http://127.0.0.1";
            out.printf(
                    "APG is ready: %s:%s/api/docs; the token is in %s.%n",
                    scheme, port, ServerAddress.tokenFile(shell));
            out.flush();
        }
        stopped.await();
        return ExitCode.OK.code();
    }

    /** Binds as the server will, and lets go again. Port 0 is whichever is free. */
    private static void requireFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            if (e instanceof BindException && !"Permission denied".equals(e.getMessage())) {
                throw new PortInUseException(port, e);
            }
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE, "Port %d cannot be listened on: %s".formatted(port, e.getMessage()));
        }
    }
}
