package dev.apg.server.impact;

import static dev.apg.server.composition.Catalogue.document;
import static dev.apg.server.impact.Place.publishing;
import static dev.apg.server.impact.Place.sentence;
import static dev.apg.server.impact.Place.state;
import static dev.apg.server.impact.Place.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Pigeons;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.web.HeavyWork;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What happens where a question asks for more than there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImpactBoundsTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    @Test
    void what_takes_too_many_steps_is_not_checked_and_the_others_are() {
        var place = new Place(server);
        place.catalogue.publishTogether(Pigeons.documents().toArray(String[]::new));
        place.catalogue.publish("loft", "2.0.0");
        place.catalogue.compose("any", "loft").freeze();
        place.catalogue.compose("newest", "loft@^2.0.0").freeze();

        JsonNode answer = place.answer(state("loft", "2.0.0", "yanked"));

        assertThat(verdicts(answer)).containsExactly("any not_checked", "newest broken");
        assertThat(answer.get("totals").toString())
                .isEqualTo(
                        "{\"unaffected\":0,\"upgradable\":0,\"blocked\":0,\"broken\":1,\"not_checked\":1,\"broken_already\":0}");
        assertThat(sentence(answer, 0)).isEqualTo("The step budget ran out before it was known.");
        assertThat(verdicts(place.answer(state("loft", "2.0.0", "yanked"), "?verdict=not_checked")))
                .containsExactly("any not_checked");
    }

    @Test
    void of_more_questions_than_a_tenant_may_ask_at_once_one_is_refused_and_the_others_are_answered() throws Exception {
        var place = new Place(server);
        var other = new Place(server);
        for (Place each : List.of(place, other)) {
            each.catalogue.publish("cart", "1.0.0");
            each.catalogue.compose("shop", "cart").freeze();
        }
        String candidate = publishing(document("cart", "1.1.0"));
        var heavyWork = server.bean(HeavyWork.class);
        var end = new CountDownLatch(1);
        int processors = Runtime.getRuntime().availableProcessors();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var begun = new CountDownLatch(processors);
            try {
                // No question of the tenant ends before its share of the threads is free.
                for (int i = 0; i < processors; i++) {
                    callers.submit(() -> heavyWork.run(place.tenant.context(), () -> {
                        begun.countDown();
                        return awaited(end);
                    }));
                }
                begun.await();
                var answers = new ExecutorCompletionService<Answer>(callers);
                for (int i = 0; i <= ImpactService.MOST_OF_TENANT; i++) {
                    answers.submit(() -> place.ask(candidate));
                }

                Answer refused = answers.take().get();
                assertThat(refused.status()).as(refused.text()).isEqualTo(503);
                assertThat(refused.problem()).isEqualTo("server.busy");
                assertThat(refused.header("Retry-After")).isPresent();
                assertThat(refused.json().get("detail").asString()).contains("at most 8 of a tenant");
                assertThat(verdicts(other.answer(candidate))).containsExactly("shop upgradable");

                end.countDown();
                for (int i = 0; i < ImpactService.MOST_OF_TENANT; i++) {
                    Answer answered = answers.take().get();
                    assertThat(answered.status()).as(answered.text()).isEqualTo(200);
                }
            } finally {
                end.countDown();
            }
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
