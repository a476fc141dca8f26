package dev.apg.server.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.Fact;
import dev.apg.contract.composition.Resolution;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each sample's {@code impossible.yaml}, over HTTP: nobody can satisfy it, and the answer says exactly why. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImpossibleRequestTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    static List<Sample> samples() {
        return Sample.all();
    }

    @Test
    void the_online_boutique_cannot_keep_an_old_cart_service_beside_alloydb() {
        Sample boutique = sample("online-boutique");
        Explanation explanation = explanation(tenant(versions(boutique)), impossible(boutique));
        assertThat(explanation.core().stream().map(CoreCatalogue::sentence))
                .containsExactlyInAnyOrder(
                        "asked alloydb-cart-store ^1.0.0",
                        "asked online-boutique-cart ~0.5.0",
                        "alloydb-cart-store 1.0.0 conflicts with redis-cart *",
                        "alloydb-cart-store 1.0.0 conflicts with spanner-cart-store *",
                        "online-boutique-cart 0.5.1 needs [cart-store ~1.0.0]");
        assertThat(explanation.fixes().getFirst().sentence())
                .isEqualTo("Ask for online-boutique-cart ~0.10.5 instead of ~0.5.0.");
    }

    @Test
    void the_opentelemetry_demo_cannot_have_a_frontend_of_2_2_beside_a_checkout_of_2_0() {
        Sample demo = sample("opentelemetry-demo");
        Explanation explanation = explanation(tenant(versions(demo)), impossible(demo));
        assertThat(explanation.core().stream().map(CoreCatalogue::sentence))
                .containsExactlyInAnyOrder(
                        "asked otel-demo-checkout ~2.0.0",
                        "asked otel-demo-frontend ^2.2.0",
                        "otel-demo-checkout 2.0.2 needs [oteldemo.shipping ^1.0.0]",
                        "otel-demo-frontend 2.2.0 needs [oteldemo.shipping ^2.0.0]",
                        "only one otel-demo-shipping");
        assertThat(explanation.fixes().getFirst().sentence())
                .isEqualTo("Ask for otel-demo-checkout ~2.2.0 instead of ~2.0.0.");
    }

    /** In a catalogue that has nothing but the core's facts the request is still impossible; without any one it is not. */
    @ParameterizedTest
    @MethodSource("samples")
    void the_core_suffices_and_none_of_its_facts_can_be_spared(Sample sample) {
        List<Fact> core =
                explanation(tenant(versions(sample)), impossible(sample)).core();
        var catalogue = new CoreCatalogue(versions(sample), impossible(sample));

        assertThat(status(catalogue, core)).isEqualTo("unsolvable");
        for (Fact fact : core) {
            List<Fact> others = core.stream().filter(other -> other != fact).toList();
            assertThat(status(catalogue, others)).as("without: %s", fact).isEqualTo("solved");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_prose_tells_each_fact_of_the_core_once_and_names_no_other_capability(Sample sample) {
        Explanation explanation = explanation(tenant(versions(sample)), impossible(sample));

        List<Fact> told = explanation.steps().stream()
                .flatMap(step -> step.facts().stream())
                .toList();
        assertThat(told).containsExactlyInAnyOrderElementsOf(explanation.core());
        assertThat(explanation.prose())
                .isEqualTo(explanation.steps().stream()
                        .map(step -> step.number() + ". " + step.sentence() + "\n")
                        .collect(Collectors.joining()));
        assertThat(named(sample, explanation.prose())).isEqualTo(capabilities(sample, explanation.core()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_fix_applied_to_the_draft_as_it_was_given_solves_the_request(Sample sample) {
        TestClient client = tenant(versions(sample));
        JsonNode fixes = resolve(client, impossible(sample)).json().at("/explanation/fixes");
        assertThat(fixes.size()).isPositive();
        for (int i = 0; i < fixes.size(); i++) {
            String path = "/api/v1/compositions/fixed-" + i;
            String text = sample.text("impossible.yaml").replaceFirst("composition: .*", "composition: fixed-" + i);
            Answer created =
                    client.send("POST", "/api/v1/compositions", BodyPublishers.ofString(text), "application/yaml");
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            assertThat(client.post(path + "/resolve", "{}").json().get("status").asString())
                    .isEqualTo("unsolvable");

            Answer applied = client.post(
                    path + "/draft/operations",
                    Map.of("operations", fixes.get(i).get("operations")));
            assertThat(applied.status()).as(applied.text()).isEqualTo(200);

            assertThat(client.post(path + "/resolve", "{}").json().get("status").asString())
                    .as(fixes.get(i).get("sentence").asString())
                    .isEqualTo("solved");
        }
    }

    private String status(CoreCatalogue catalogue, List<Fact> facts) {
        return resolve(tenant(catalogue.versions(facts)), catalogue.request(facts))
                .json()
                .get("status")
                .asString();
    }

    private static Explanation explanation(TestClient client, DraftDocument request) {
        Answer answer = resolve(client, request);
        var unsolvable = (Resolution.Unsolvable) answer.as(Resolution.class);
        return unsolvable.explanation();
    }

    private static Answer resolve(TestClient client, DraftDocument request) {
        Answer answer = client.post("/api/v1/resolve", Map.of("document", request));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    /** A tenant with a catalogue of its own, whose client reads what was just imported. */
    private TestClient tenant(List<VersionDocument> versions) {
        TestClient client = TestTenant.in(server).client();
        String lines =
                versions.stream().map(WireJson.MAPPER::writeValueAsString).collect(Collectors.joining("\n"));
        Answer imported = client.send("POST", "/api/v1/imports", BodyPublishers.ofString(lines), "application/jsonl");
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        return client.with("X-APG-Min-Seq", imported.header("X-APG-Seq").orElseThrow());
    }

    /** The capabilities of the sample that a text names. */
    private static Set<String> named(Sample sample, String text) {
        return codes(sample).stream()
                .filter(code -> Pattern.compile("(?<![a-z0-9._-])" + Pattern.quote(code) + "(?![a-z0-9_-])")
                        .matcher(text)
                        .find())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that facts are about, with the providers of the services that they ask for. */
    private static Set<String> capabilities(Sample sample, List<Fact> core) {
        Set<String> capabilities = new TreeSet<>();
        for (Fact fact : core) {
            CoreCatalogue.subject(fact).ifPresent(capabilities::add);
            for (Target target : CoreCatalogue.targets(fact)) {
                sample.providers(target).forEach(provider -> capabilities.add(provider.capability()));
            }
        }
        return capabilities;
    }

    private static Set<String> codes(Sample sample) {
        return versions(sample).stream().map(VersionDocument::capability).collect(Collectors.toSet());
    }

    private static List<VersionDocument> versions(Sample sample) {
        List<VersionDocument> versions = new ArrayList<>();
        sample.versions().forEach(file -> versions.add(file.document()));
        return versions;
    }

    private static DraftDocument impossible(Sample sample) {
        return sample.compositions().stream()
                .filter(file -> file.toString().equals("impossible.yaml"))
                .findFirst()
                .orElseThrow()
                .document();
    }

    private static Sample sample(String name) {
        return Sample.all().stream()
                .filter(sample -> sample.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
