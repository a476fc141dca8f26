package dev.apg.server.capability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import dev.apg.contract.capability.ImportReport;
import dev.apg.server.catalog.Eventually;
import dev.apg.server.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ImportDisconnectedTests {
    private static final int VERSIONS = 3_000;

    /** More than a tenant may have under way: what one of them leaks, a later one misses. */
    private static final int DISCONNECTED = 5;

    @Test
    void a_client_that_goes_away_while_its_import_is_written_leaves_everything_or_nothing_and_holds_nothing()
            throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        try (TestServer server = TestServer.start()) {
            root.addAppender(logged);
            Registry registry = Registry.administrator(server);
            for (int round = 0; round < DISCONNECTED; round++) {
                String prefix = "r" + round + "-";
                disconnectWhileWriting(server, lines(prefix));

                Eventually.holds(() -> {
                    assertThat(server.bean(HikariDataSource.class)
                                    .getHikariPoolMXBean()
                                    .getActiveConnections())
                            .isZero();
                    assertThat(scratchFiles(server.dataDirectory())).isZero();
                });
                long published = registry.client
                        .get("/api/v1/export")
                        .text()
                        .lines()
                        .filter(line -> line.contains("\"apg.version/1\"") && line.contains('"' + prefix))
                        .count();
                assertThat(published).isIn(0L, (long) VERSIONS);
            }

            ImportReport report = registry.importLines(lines("last-")).as(ImportReport.class);
            assertThat(report.created()).isEqualTo(VERSIONS);
            // Whoever goes away is no defect of ours.
            assertThat(List.copyOf(logged.list).stream()
                            .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                            .map(ILoggingEvent::getFormattedMessage))
                    .isEmpty();
        } finally {
            root.detachAppender(logged);
        }
    }

    private static String lines(String prefix) {
        return IntStream.range(0, VERSIONS)
                .mapToObj(i -> Registry.line(prefix + i % 300, "1.0." + i, ""))
                .collect(Collectors.joining());
    }

    /** Sends all of it, reads until the first line of progress of writing, and resets the connection. */
    private static void disconnectWhileWriting(TestServer server, String lines) throws IOException {
        byte[] body = lines.getBytes(StandardCharsets.UTF_8);
        try (var socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoLinger(true, 0);
            String head = """
                    POST /api/v1/imports HTTP/1.1
                    Host: localhost
                    Authorization: Bearer %s
                    Content-Type: application/jsonl
                    Accept: application/x-ndjson
                    Content-Length: %d

                    """.formatted(server.token(), body.length).replace("\n", "\r\n");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = answer.readLine(); !line.contains("\"writing\""); line = answer.readLine()) {
                assertThat(line).doesNotContain("\"problem\"");
            }
        }
    }

    /** Files of this server that are open and have no name any more. */
    private static long scratchFiles(Path directory) {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Files::isSymbolicLink)
                    .map(ImportDisconnectedTests::target)
                    .filter(file -> file.startsWith(directory.toString()) && file.contains(".scratch"))
                    .count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
