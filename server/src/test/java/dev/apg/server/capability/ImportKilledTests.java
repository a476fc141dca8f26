package dev.apg.server.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.ImportReport;
import dev.apg.server.testing.ServerProcess;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImportKilledTests {
    private static final int VERSIONS = 20_000;

    @Test
    void a_server_that_is_killed_while_it_imports_leaves_nothing_behind() throws Exception {
        String lines = IntStream.range(0, VERSIONS)
                .mapToObj(i -> Registry.line("c" + i % 500, "1.0." + i, ""))
                .collect(Collectors.joining());
        TestDatabase database = TestDatabase.create();
        try (ServerProcess process = ServerProcess.start(database);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(process.url().resolve("/api/v1/imports"))
                    .header("Authorization", "Bearer " + process.token())
                    .header("Content-Type", "application/jsonl")
                    .header("Accept", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(lines))
                    .build();
            HttpResponse<Stream<String>> answer = client.send(request, BodyHandlers.ofLines());
            Iterator<String> progress = answer.body().iterator();
            String last = progress.next();
            while (!last.contains("\"writing\"")) {
                last = progress.next();
            }
            process.kill();
        }
        try (TestServer server = TestServer.start(database)) {
            Registry registry = Registry.administrator(server);
            assertThat(registry.client.get("/api/v1/export").text()).isEmpty();

            ImportReport again = registry.importLines(lines).as(ImportReport.class);
            assertThat(again.created()).isEqualTo(VERSIONS);
            assertThat(again.cursor()).isEqualTo("1." + (VERSIONS + 500 + written()));
        }
    }

    /** The tenant, and a token that each of the two servers issued at its first start. */
    private static int written() {
        return 3;
    }
}
