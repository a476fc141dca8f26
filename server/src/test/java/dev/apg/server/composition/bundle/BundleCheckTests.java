package dev.apg.server.composition.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleCheckTests {
    @Test
    void a_sound_composition_has_no_problems() {
        assertThat(SampleShop.shop().check().problems()).isEmpty();
    }

    @Test
    void entries_whose_names_would_be_the_same_are_problems_of_each_of_them() {
        BundleReport report = BundleInputs.aBundle()
                .image("acme/redis", "redis:7")
                .image("acme-redis", "redis:7")
                .check();

        assertThat(report.problems())
                .extracting(BundleProblem::code, BundleProblem::capability)
                .containsExactly(
                        tuple("bundle.name_collision", "acme-redis"), tuple("bundle.name_collision", "acme/redis"));
        assertThat(report.problems().getFirst().message())
                .isEqualTo("acme-redis: capability: acme-redis (expected: a name of its own; acme-redis, acme/redis all"
                        + " become acme-redis)");
    }

    @Test
    void a_module_collides_with_nothing_because_nothing_is_started_for_it() {
        assertThat(BundleInputs.aBundle()
                        .version("acme/redis", "1.0.0", "")
                        .image("acme-redis", "redis:7")
                        .check()
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image: 'Not An Image'                                                         | image_invalid          | runtime.image
            image: 'a:tag:tag'                                                            | image_invalid          | runtime.image
            image: a, ports: [{name: x, port: 1}, {name: x, port: 2}]                     | port_repeated          | runtime.ports[1].name
            image: a, ports: [{name: x, port: 1}, {name: y, port: 1}]                     | port_repeated          | runtime.ports[1].port
            image: a, environment: [{name: A, value: x}, {name: A, value: y}]             | variable_repeated      | runtime.environment[1].name
            image: a, volumes: [{name: v, path: /a}, {name: v, path: /b}]                 | volume_repeated        | runtime.volumes[1].name
            image: a, volumes: [{name: v, path: /a}, {name: w, path: /a/}]                | volume_repeated        | runtime.volumes[1].path
            image: a, volumes: [{name: v, path: /}]                                       | volume_path_invalid    | runtime.volumes[0].path
            image: a, volumes: [{name: v, path: /a/../etc}]                               | volume_path_invalid    | runtime.volumes[0].path
            image: a, health: {kind: http}                                                | health_port_unclear    | runtime.health.port
            image: a, health: {kind: tcp, port: y}, ports: [{name: x, port: 1}]           | health_port_unclear    | runtime.health.port
            image: a, health: {kind: command}                                             | health_command_absent  | runtime.health.command
            image: a, resources: {requests: {memory: 2Gi}, limits: {memory: 1G}}          | request_over_limit     | runtime.resources.requests.memory
            image: a, environment: [{name: A, secret: {name: s, key: '..'}}]              | secret_key_invalid     | runtime.environment[0].secret.key
            image: a, environment: [{name: A, provider: {requirement: unknown}}]          | provider_absent        | runtime.environment[0].provider.requirement
            """)
    void what_cannot_run_is_a_problem_that_names_the_field(String runtime, String code, String field) {
        BundleInputs inputs = BundleInputs.aBundle().version("a", "1.0.0", "runtime: {user: 1, %s}".formatted(runtime));

        assertThat(inputs.check().problems())
                .extracting(BundleProblem::code, BundleProblem::field)
                .containsExactly(tuple("bundle." + code, field));
        assertThatThrownBy(inputs::render)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    @Test
    void a_tcp_and_a_udp_port_of_the_same_number_do_not_clash() {
        assertThat(BundleInputs.aBundle().version("dns", "1.0.0", """
                                runtime:
                                  image: dns
                                  ports: [{name: tcp, port: 53}, {name: udp, port: 53, protocol: udp}]
                                """).check().problems())
                .isEmpty();
    }

    @Test
    void a_required_provider_that_does_not_run_is_a_problem_and_a_recommended_one_a_note() {
        BundleReport report = BundleInputs.aBundle()
                .version("module", "1.0.0", "")
                .version("shop", "1.0.0", """
                        requirements:
                          - {name: hard, capability: module}
                          - {name: soft, capability: module, strength: recommended}
                        runtime:
                          image: shop
                          environment:
                            - {name: HARD, provider: {requirement: hard}}
                            - {name: SOFT, provider: {requirement: soft}}
                        """)
                .binding("shop", "hard", "module")
                .binding("shop", "soft", "module")
                .check();

        assertThat(report.problems())
                .extracting(BundleProblem::expected)
                .containsExactly("a provider that runs; module has no run-time descriptor");
        assertThat(report.notes())
                .filteredOn(note -> note.kind() == BundleNote.Kind.PROVIDER_ABSENT)
                .extracting(BundleNote::text)
                .containsExactly("SOFT is left out: nothing that runs provides its recommended requirement soft.");
    }

    @Test
    void a_provider_with_several_ports_needs_one_to_be_named_unless_one_speaks_the_service() {
        String provider = "runtime: {image: p, ports: [{name: a, port: 1}, {name: b, port: 2, service: s}]}";
        String consumer = """
                requirements: [{name: s, service: s}]
                runtime: {image: c, user: 1, environment: [{name: P, provider: {requirement: s}}]}
                """;

        assertThat(BundleInputs.aBundle()
                        .version("p", "1.0.0", provider)
                        .version("c", "1.0.0", consumer)
                        .binding("c", "s", "p")
                        .check()
                        .problems())
                .extracting(BundleProblem::code, BundleProblem::expected)
                .containsExactly(tuple("bundle.provider_port_unclear", "the name of one of the ports of p: a, b"));
        assertThat(BundleInputs.text(
                        BundleInputs.aBundle()
                                .version("p", "1.0.0", provider)
                                .version("c", "1.0.0", consumer)
                                .binding("c", "s", "p", "s", null)
                                .render(),
                        "compose.yaml"))
                .contains("P: p:2");
    }

    @Test
    void a_provider_without_ports_is_a_problem_only_for_an_address_with_a_port_in_it() {
        BundleInputs inputs = BundleInputs.aBundle()
                .version("p", "1.0.0", "runtime: {image: p}")
                .version("c", "1.0.0", """
                requirements: [{name: s, capability: p}]
                runtime:
                  image: c
                  environment:
                    - {name: HOST, provider: {requirement: s, template: "{host}"}}
                    - {name: ADDRESS, provider: {requirement: s}}
                """)
                .binding("c", "s", "p");

        assertThat(inputs.check().problems())
                .extracting(BundleProblem::code, BundleProblem::field, BundleProblem::value)
                .containsExactly(tuple(
                        "bundle.provider_port_unclear", "runtime.environment[1].provider.template", "{host}:{port}"));
    }

    @Test
    void images_without_a_digest_are_reported_as_not_pinned() {
        assertThat(SampleShop.shop().check().notes())
                .filteredOn(note -> note.kind() == BundleNote.Kind.IMAGE_NOT_PINNED)
                .extracting(BundleNote::capability)
                .containsExactly("cart", "frontend", "backoffice");
    }

    @ParameterizedTest
    @CsvSource({"persistent, 1", "ephemeral, 2"})
    void a_persistent_volume_belongs_to_one_replica_in_both_outputs_and_a_note_says_so(String kind, int replicas) {
        BundleInputs uploads = BundleInputs.aBundle().version("uploads", "1.0.0", """
                runtime:
                  image: uploads:1
                  user: 1000
                  volumes: [{name: data, path: /data, kind: %s, size: 1Gi}]
                  replicas: 2
                """.formatted(kind));

        assertThat(BundleInputs.text(uploads.render(), "kubernetes/workloads/uploads.yaml"))
                .contains("replicas: " + replicas + "\n");
        String compose = BundleInputs.text(uploads.render(), "compose.yaml");
        assertThat(compose.contains("replicas: 2")).isEqualTo(replicas == 2);
        assertThat(uploads.check().notes())
                .filteredOn(note -> note.kind() == BundleNote.Kind.REPLICAS_REDUCED)
                .extracting(BundleNote::text)
                .isEqualTo(
                        replicas == 2
                                ? List.of()
                                : List.of(
                                        "It runs as one replica of 2, because each would write to a persistent volume of"
                                                + " its own."));
    }

    @Test
    void configuration_falls_back_to_the_default_of_the_schema_and_is_left_out_with_a_note_without_one() {
        String yaml = """
                configuration_schema:
                  properties: {size: {default: 10}, deep: {properties: {ratio: {default: 0.50}}}}
                runtime:
                  image: a
                  user: 1
                  environment:
                    - {name: SIZE, configuration: size}
                    - {name: RATIO, configuration: deep.ratio}
                    - {name: LIST, configuration: list}
                    - {name: NONE, configuration: none}
                """;
        BundleInputs inputs = BundleInputs.aBundle()
                .version(
                        "a",
                        "1.0.0",
                        yaml,
                        Map.of("size", 1_000_000_000_000L, "list", List.of(1, "b", Map.of("c", 2.0))));

        assertThat(BundleInputs.text(inputs.render(), "kubernetes/workloads/a.yaml"))
                .contains("SIZE: \"1000000000000\"", "RATIO: \"0.5\"", "LIST: \"[1,\\\"b\\\",{\\\"c\\\":2}]\"");
        assertThat(inputs.check().notes())
                .filteredOn(note -> note.kind() == BundleNote.Kind.CONFIGURATION_ABSENT)
                .extracting(BundleNote::text)
                .containsExactly("NONE is left out: the configuration has no none and its schema no default.");
    }

    @Test
    void codes_in_upper_case_mean_the_same_as_in_lower_case() {
        assertThat(BundleInputs.text(
                        BundleInputs.aBundle()
                                .version("Store", "1.0.0", "runtime: {image: s, user: 1, ports: [{name: p, port: 5}]}")
                                .version("Shop", "1.0.0", """
                                        requirements: [{capability: Store}]
                                        runtime: {image: c, user: 1, environment: [{name: S, provider: {requirement: STORE}}]}
                                        """)
                                .binding("shop", "store", "store")
                                .render(),
                        "compose.yaml"))
                .contains("S: store:5");
    }

    @Test
    void a_composition_of_modules_has_a_lock_a_bill_and_a_readme_but_nothing_to_run() {
        assertThat(BundleInputs.aBundle()
                        .version("module", "1.0.0", "")
                        .render()
                        .files())
                .containsOnlyKeys("README.md", "apg.lock.json", "sbom.cdx.json");
    }

    @Test
    void a_lock_whose_digest_or_documents_do_not_fit_is_refused() {
        BundleInput input = SampleShop.shop().input();

        assertThatThrownBy(() -> BundleRenderer.render(with(input, "sha256:00", input.entries())))
                .hasMessageContaining("lockDigest: sha256:00");
        assertThatThrownBy(() -> BundleRenderer.render(with(input, input.lockDigest(), List.of())))
                .hasMessageContaining("entries: without telemetry");
    }

    private static BundleInput with(BundleInput input, String digest, List<BundleInput.Entry> entries) {
        return new BundleInput(
                input.composition(),
                input.displayName(),
                input.revision(),
                input.frozenAt(),
                input.message(),
                input.lock(),
                input.lockBytes(),
                digest,
                entries,
                input.cycles());
    }
}
