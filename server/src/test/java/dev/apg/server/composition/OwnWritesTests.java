package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A client of one node need not know of cursors to go on with what the node has acknowledged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnWritesTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    @Test
    void a_write_may_name_what_was_acknowledged_just_before() {
        TestClient client = TestTenant.in(server).client();
        for (int i = 0; i < 30; i++) {
            String capability = "box-" + i;
            Answer imported = client.send(
                    "POST",
                    "/api/v1/imports",
                    BodyPublishers.ofString("{\"format\":\"apg.version/1\",\"capability\":\"%s\",\"version\":\"1.0.0\"}"
                            .formatted(capability)),
                    "application/jsonl");
            assertThat(imported.status()).as(imported.text()).isEqualTo(200);

            Answer made = client.post(
                    "/api/v1/compositions",
                    Map.of(
                            "format",
                            "apg.composition/1",
                            "composition",
                            "shop-" + i,
                            "members",
                            List.of(Map.of("capability", capability))));
            assertThat(made.status()).as(made.text()).isEqualTo(201);

            Answer frozen =
                    client.with("If-Match", "*").post("/api/v1/compositions/shop-%d/revisions".formatted(i), "{}");
            assertThat(frozen.status()).as(frozen.text()).isEqualTo(201);
        }
        assertThat(client.post(
                                "/api/v1/compositions",
                                Map.of(
                                        "format",
                                        "apg.composition/1",
                                        "composition",
                                        "none",
                                        "members",
                                        List.of(Map.of("capability", "of-nobody"))))
                        .problem())
                .isEqualTo("capability.unknown");
    }
}
