package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import org.junit.jupiter.api.Test;

class OutageTests {
    @Test
    void while_the_database_is_away_nothing_is_frozen_and_afterwards_it_is_without_a_restart() {
        try (TestServer server = TestServer.start()) {
            Catalogue catalogue = new Catalogue(server.client()).publish("part", "1.0.0");
            Composition composition = catalogue.compose("patient", "part");
            String tag = composition.draftTag();
            server.database().goAway();
            Answer away = server.client().with("If-Match", tag).post(composition.path() + "/revisions", "{}");
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.problem()).isNotBlank();
            assertThat(away.header("Retry-After")).isPresent();
            server.database().comeBack();
            Answer again;
            int tries = 0;
            do {
                // Each broken connection of the pool may still fail one request, which says so and may be repeated.
                again = server.client().with("If-Match", tag).post(composition.path() + "/revisions", "{}");
            } while (again.status() == 503 && ++tries < 20);
            assertThat(again.status()).as(again.text()).isEqualTo(201);
            assertThat(composition.read("/revisions").json().get("total_count").asInt())
                    .isEqualTo(1);
        }
    }
}
