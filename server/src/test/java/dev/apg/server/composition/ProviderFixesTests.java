package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Explanation.Fix;
import dev.apg.contract.composition.ValidationReport;
import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What validation offers where a requirement is met by something that does not run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderFixesTests {
    private static final String RUNS = "\"runtime\": {\"image\": \"registry.example/some:1\", \"user\": 1000,"
            + " \"ports\": [{\"name\": \"main\", \"port\": 6000}]}";

    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
    }

    @Test
    void a_need_that_is_met_by_a_module_comes_with_the_providers_that_run_as_operations_that_mend_it() {
        String runs = "\"runtime\": {\"image\": \"registry.example/%s:1\", \"user\": 1000,"
                + " \"ports\": [{\"name\": \"main\", \"port\": 6000}]}";
        catalogue
                .publish("alloy-store", "1.0.0", provides("store", "1.0.0"))
                .publish("better-store", "1.0.0", provides("store", "1.0.0"))
                .publish("kv-store", "1.0.0", provides("store", "1.0.0"), runs.formatted("kv"))
                .publish("old-store", "1.0.0", provides("store", "0.9.0"), runs.formatted("old"))
                .publish("invoice", "1.0.0", """
                        "requirements": [{"name": "store", "any_of": [{"service": "store", "range": "^1.0.0"}]}],
                        "runtime": {"image": "registry.example/invoice:1", "environment": [
                          {"name": "STORE", "provider": {"requirement": "store"}},
                          {"name": "STORE_HOST", "provider": {"requirement": "store", "template": "{host}"}}]}
                        """);
        for (Composition composition : new Composition[] {
            catalogue.compose("pulled-in", "invoice"),
            catalogue.compose("named", "invoice", "alloy-store"),
            catalogue.compose("both-named", "invoice", "alloy-store", "kv-store")
        }) {
            ValidationReport report = composition.validate().as(ValidationReport.class);
            assertThat(report.valid()).isFalse();
            assertThat(report.findings())
                    .filteredOn(finding -> finding.code().equals("bundle.provider_absent"))
                    .hasSize(2)
                    .allSatisfy(finding -> assertThat(finding.fixes())
                            .singleElement()
                            .satisfies(fix -> assertThat(fix.sentence()).contains("kv-store", "invoice")));
            Answer refused = composition.tryToFreeze();
            assertThat(refused.problem()).isEqualTo("composition.invalid");
            composition.apply(report.findings().getFirst().fixes().getFirst().operations().stream()
                    .map(WireJson.MAPPER::writeValueAsString)
                    .toArray(String[]::new));
            assertThat(composition.validate().as(ValidationReport.class).valid())
                    .isTrue();
        }
    }

    @Test
    void a_fix_does_not_ask_for_a_member_that_is_there_already() {
        catalogue
                .publish("a-queue", "1.0.0", provides("queue", "1.0.0"))
                .publish(
                        "b-queue",
                        "1.0.0",
                        provides("queue", "1.0.0"),
                        "\"runtime\": {\"image\": \"registry.example/b:1\", \"user\": 1000,"
                                + " \"ports\": [{\"name\": \"main\", \"port\": 6000}]}")
                .publish("worker", "1.0.0", """
                        "requirements": [{"name": "queue", "service": "queue"}],
                        "runtime": {"image": "registry.example/worker:1", "environment": [
                          {"name": "QUEUE", "provider": {"requirement": "queue"}}]}
                        """);
        ValidationReport report = catalogue
                .compose("two-queues", "worker", "a-queue", "b-queue")
                .validate()
                .as(ValidationReport.class);
        assertThat(report.findings())
                .filteredOn(finding -> finding.code().equals("bundle.provider_absent"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fixes())
                        .singleElement()
                        .satisfies(fix -> {
                            assertThat(fix.operations()).containsExactly(new DraftOperation.RemoveMember("a-queue"));
                            assertThat(fix.sentence())
                                    .isEqualTo(
                                            "Leave out a-queue beside b-queue: b-queue runs, and meets the requirement"
                                                    + " queue of worker.");
                        }));
    }

    @Test
    void a_provider_that_leads_to_no_other_error_is_offered_before_those_that_do_and_these_say_so() {
        catalogue
                .publish("aa-cache", "1.0.0", provides("cache", "1.0.0"))
                .publish("bb-cache", "1.0.0", provides("cache", "1.0.0"), RUNS, """
                        "configuration_schema": {"type": "object", "required": ["size"],
                          "properties": {"size": {"type": "integer"}}}
                        """)
                .publish("cc-cache", "1.0.0", provides("cache", "1.0.0"), RUNS)
                .publish("dd-cache", "1.0.0", provides("cache", "1.0.0"), RUNS)
                .publish("reader", "1.0.0", consumer("cache"));
        catalogue.state("cc-cache", "1.0.0", "deprecated");
        Composition composition = catalogue.compose("reading", "reader");

        List<Fix> fixes = fixes(composition);

        assertThat(fixes)
                .extracting(fix -> fix.operations().getFirst())
                .containsExactly(
                        new DraftOperation.AddMember("dd-cache", null, null),
                        new DraftOperation.AddMember("cc-cache", null, null),
                        new DraftOperation.AddMember("bb-cache", null, null));
        assertThat(fixes.get(0).sentence())
                .isEqualTo("Ask for dd-cache: dd-cache runs, and meets the requirement cache of reader.");
        assertThat(fixes.get(1).sentence()).endsWith(" cc-cache 1.0.0 is deprecated: a test.");
        assertThat(fixes.get(2).sentence())
                .contains(" This leads to another error: The configuration of bb-cache 1.0.0 does not fit its schema");
        assertThat(composition
                        .apply(WireJson.MAPPER.writeValueAsString(
                                fixes.getFirst().operations().getFirst()))
                        .validate()
                        .as(ValidationReport.class)
                        .valid())
                .isTrue();
    }

    @Test
    void a_provider_whose_address_could_not_be_told_either_is_not_offered() {
        String portless = "\"runtime\": {\"image\": \"registry.example/portless:1\", \"user\": 1000}";
        catalogue
                .publish("a-lake", "1.0.0", provides("lake", "1.0.0"))
                .publish("b-lake", "1.0.0", provides("lake", "1.0.0"), portless)
                .publish("c-lake", "1.0.0", provides("lake", "1.0.0"))
                .publish("angler", "1.0.0", consumer("lake"));

        assertThat(fixes(catalogue.compose("fishing", "angler"))).isEmpty();
    }

    @Test
    void the_tries_for_all_errors_of_a_report_are_bounded_together_and_what_was_found_is_offered() {
        for (String service : List.of("fish", "meat", "wine")) {
            catalogue.publish("a-" + service, "1.0.0", provides(service, "1.0.0"));
            for (String provider : List.of("b-", "c-", "d-", "e-", "f-")) {
                catalogue.publish(provider + service, "1.0.0", provides(service, "1.0.0"), RUNS);
            }
            catalogue.publish(service + "-eater", "1.0.0", consumer(service));
        }

        ValidationReport report = catalogue
                .compose("feast", "fish-eater", "meat-eater", "wine-eater")
                .validate()
                .as(ValidationReport.class);

        // Five tries for each of the first two leave two of twelve for the third.
        assertThat(report.findings())
                .filteredOn(finding -> finding.code().equals("bundle.provider_absent"))
                .extracting(finding -> finding.fixes().size())
                .containsExactly(3, 3, 2);
    }

    @Test
    void a_draft_without_room_for_another_member_is_offered_none() {
        List<String> others =
                IntStream.range(0, 999).mapToObj("other-%03d"::formatted).toList();
        catalogue
                .publishTogether(others.stream()
                        .map(code -> Catalogue.document(code, "1.0.0"))
                        .toArray(String[]::new))
                .publish("a-pond", "1.0.0", provides("pond", "1.0.0"))
                .publish("b-pond", "1.0.0", provides("pond", "1.0.0"), RUNS)
                .publish("frog", "1.0.0", consumer("pond"));
        Composition full = catalogue.compose("full-pond", "frog");
        for (int from = 0; from < others.size(); from += 50) {
            full.apply(others.subList(from, Math.min(others.size(), from + 50)).stream()
                    .map("{\"op\": \"add_member\", \"capability\": \"%s\"}"::formatted)
                    .toArray(String[]::new));
        }

        assertThat(fixes(full)).isEmpty();
    }

    private static String consumer(String service) {
        return """
                "requirements": [{"name": "%1$s", "service": "%1$s"}],
                "runtime": {"image": "registry.example/consumer:1", "user": 1000, "environment": [
                  {"name": "ADDRESS", "provider": {"requirement": "%1$s"}}]}
                """.formatted(service);
    }

    private static List<Fix> fixes(Composition composition) {
        ValidationReport report = composition.validate().as(ValidationReport.class);
        return report.findings().stream()
                .filter(finding -> finding.code().equals("bundle.provider_absent"))
                .findFirst()
                .orElseThrow()
                .fixes();
    }
}
