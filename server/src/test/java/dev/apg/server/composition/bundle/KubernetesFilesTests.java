package dev.apg.server.composition.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KubernetesFilesTests {
    private final KubernetesObjects shop =
            KubernetesObjects.of(SampleShop.shop().render());

    @Test
    void every_running_entry_has_an_account_without_a_token_and_no_two_objects_share_a_name() {
        assertThat(shop.all(ServiceAccount.class))
                .extracting(account -> account.getMetadata().getName())
                .containsExactlyInAnyOrder("telemetry", "redis-cart", "cart", "frontend", "backoffice");
        assertThat(shop.all(ServiceAccount.class))
                .allSatisfy(account ->
                        assertThat(account.getAutomountServiceAccountToken()).isFalse());
        assertThat(shop.identities()).doesNotHaveDuplicates();
    }

    @Test
    void an_entry_with_a_persistent_volume_is_a_stateful_set_that_claims_it_and_any_other_a_deployment() {
        StatefulSet redis = shop.one(StatefulSet.class, "redis-cart");

        assertThat(redis.getSpec().getServiceName()).isEqualTo("redis-cart");
        assertThat(redis.getSpec().getVolumeClaimTemplates()).singleElement().satisfies(claim -> {
            assertThat(claim.getMetadata().getName()).isEqualTo("data");
            assertThat(claim.getSpec().getResources().getRequests()).containsEntry("storage", new Quantity("2Gi"));
        });
        assertThat(shop.all(Deployment.class))
                .extracting(deployment -> deployment.getMetadata().getName())
                .containsExactlyInAnyOrder("telemetry", "cart", "frontend", "backoffice");
        assertThat(shop.one(Deployment.class, "cart").getSpec().getReplicas()).isEqualTo(2);
    }

    @Test
    void services_select_exactly_the_pods_of_their_workload() {
        assertThat(shop.all(Service.class)).hasSize(5).allSatisfy(service -> {
            List<String> selected = shop.pods().entrySet().stream()
                    .filter(pod -> pod.getValue()
                            .getMetadata()
                            .getLabels()
                            .entrySet()
                            .containsAll(service.getSpec().getSelector().entrySet()))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(selected).containsExactly(service.getMetadata().getName());
        });
    }

    @Test
    void environment_comes_from_literals_the_configuration_the_bindings_and_secrets() {
        Map<String, EnvVar> cart = variables("cart");

        assertThat(cart.get("PORT").getValue()).isEqualTo("7070");
        assertThat(KubernetesObjects.expanded(cart.get("GREETING").getValue())).isEqualTo("costs $5 & ${HOME} $(HOME)");
        assertThat(cart.get("REDIS_ADDR").getValue()).isEqualTo("redis-cart:6379");
        assertThat(cart.get("TRACES").getValue()).isEqualTo("http://telemetry:4317/v1");
        assertThat(cart).doesNotContainKey("FLAGS");
        assertThat(cart.get("REDIS_PASSWORD").getValueFrom().getSecretKeyRef())
                .satisfies(reference -> assertThat(reference.getName()).isEqualTo("redis"))
                .satisfies(reference -> assertThat(reference.getKey()).isEqualTo("password"));
        assertThat(cart.get("LOG_LEVEL").getValueFrom().getConfigMapKeyRef().getKey())
                .isEqualTo("LOG_LEVEL");
        assertThat(shop.one(ConfigMap.class, "cart").getData())
                .containsOnly(Map.entry("LOG_LEVEL", "debug"), Map.entry("LOG_COLOUR", "false"));
        assertThat(shop.one(ConfigMap.class, "redis-cart").getData()).containsOnly(Map.entry("MAX_MEMORY", "48mb"));
    }

    @Test
    void a_secret_variable_that_ends_in_FILE_gets_the_path_of_a_mounted_secret() {
        PodSpec pod = shop.pods().get("redis-cart").getSpec();

        assertThat(variables("redis-cart").get("REDIS_PASSWORD_FILE").getValue())
                .isEqualTo("/run/secrets/apg/redis/password");
        assertThat(container("redis-cart").getVolumeMounts())
                .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/run/secrets/apg"));
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getProjected() != null)
                .singleElement()
                .satisfies(volume -> assertThat(volume.getProjected()
                                .getSources()
                                .getFirst()
                                .getSecret()
                                .getItems()
                                .getFirst()
                                .getPath())
                        .isEqualTo("redis/password"));
    }

    @Test
    void a_changed_configuration_changes_the_pods_and_an_unchanged_workload_keeps_them_in_a_new_revision() {
        String before = configurationDigest("debug");

        assertThat(configurationDigest("info")).isNotEqualTo(before);
        assertThat(configurationDigest("debug")).isEqualTo(before);
        assertThat(shop.pods().get("cart").toString()).doesNotContain("apg.dev/lock", "apg.dev/revision");
    }

    private static String configurationDigest(String level) {
        Bundle bundle = BundleInputs.aBundle()
                .version(
                        "a",
                        "1.0.0",
                        "runtime: {image: a:1, user: 1, environment: [{name: LEVEL, configuration: level}]}",
                        Map.of("level", level))
                .render();
        return KubernetesObjects.of(bundle)
                .pods()
                .get("a")
                .getMetadata()
                .getAnnotations()
                .get("apg.dev/configuration");
    }

    @Test
    void health_checks_become_startup_liveness_and_readiness_probes() {
        assertThat(probes(
                        "frontend",
                        probe -> probe.getHttpGet().getPath() + " "
                                + probe.getHttpGet().getPort().getIntVal()))
                .containsOnly("/_healthz 80");
        assertThat(probes("telemetry", probe -> probe.getTcpSocket().getPort().getIntVal()))
                .containsOnly(4317);
        assertThat(probes("cart", probe -> probe.getGrpc().getPort())).containsOnly(7070);
        assertThat(probes("redis-cart", probe -> probe.getExec().getCommand()))
                .containsOnly(List.of("redis-cli", "ping"));
        assertThat(container("backoffice").getLivenessProbe()).isNull();

        Container cart = container("cart");
        assertThat(cart.getStartupProbe().getInitialDelaySeconds()).isEqualTo(5);
        assertThat(cart.getStartupProbe().getFailureThreshold()).isEqualTo(30);
        assertThat(cart.getLivenessProbe().getInitialDelaySeconds()).isNull();
        assertThat(container("frontend").getLivenessProbe().getFailureThreshold())
                .isEqualTo(5);
    }

    private List<Object> probes(String name, Function<Probe, Object> asked) {
        Container container = container(name);
        return List.of(
                asked.apply(container.getStartupProbe()),
                asked.apply(container.getLivenessProbe()),
                asked.apply(container.getReadinessProbe()));
    }

    @Test
    void resources_and_images_are_what_the_descriptor_gives() {
        assertThat(container("cart").getResources().getRequests())
                .containsOnly(Map.entry("cpu", new Quantity("200m")), Map.entry("memory", new Quantity("64Mi")));
        assertThat(container("cart").getResources().getLimits())
                .containsOnly(Map.entry("memory", new Quantity("128Mi")));
        assertThat(container("redis-cart").getImage()).isEqualTo("redis:7.2.5-alpine@" + SampleShop.DIGEST);
    }

    @Test
    void network_policies_let_in_bound_consumers_also_through_modules_and_anyone_at_exposed_ports() {
        assertThat(callers("redis-cart")).containsExactlyInAnyOrder("redis-cart", "cart");
        assertThat(callers("telemetry")).containsExactlyInAnyOrder("telemetry", "cart");
        assertThat(callers("cart")).containsExactlyInAnyOrder("cart", "frontend");
        assertThat(callers("frontend")).containsExactlyInAnyOrder("frontend");

        assertThat(shop.one(NetworkPolicy.class, "frontend").getSpec().getIngress())
                .filteredOn(rule -> rule.getFrom().isEmpty())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getPorts())
                        .extracting(NetworkPolicyPort::getPort)
                        .extracting(port -> port.getIntVal())
                        .containsExactly(80));
        assertThat(shop.one(NetworkPolicy.class, "cart").getSpec().getIngress())
                .noneMatch(rule -> rule.getFrom().isEmpty());
    }

    private List<String> callers(String name) {
        return shop.one(NetworkPolicy.class, name).getSpec().getIngress().stream()
                .flatMap(rule -> rule.getFrom().stream())
                .map(peer -> peer.getPodSelector().getMatchLabels().get("app.kubernetes.io/name"))
                .toList();
    }

    @Test
    void an_entry_without_ports_that_others_are_bound_to_has_a_headless_service() {
        Service service = KubernetesObjects.of(BundleInputs.aBundle()
                        .image("queue", "queue:1")
                        .version("worker", "1.0.0", """
                                requirements: [{capability: queue}]
                                runtime:
                                  image: worker:1
                                  environment: [{name: QUEUE, provider: {requirement: queue, template: "{host}"}}]
                                """)
                        .binding("worker", "queue", "queue")
                        .render())
                .one(Service.class, "queue");

        assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(service.getSpec().getPorts()).isEmpty();
    }

    private Map<String, EnvVar> variables(String name) {
        return container(name).getEnv().stream().collect(Collectors.toMap(EnvVar::getName, variable -> variable));
    }

    private Container container(String name) {
        return shop.pods().get(name).getSpec().getContainers().getFirst();
    }
}
