package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.apg.contract.canonical.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of one workload: its account, configuration, Service, and Deployment or StatefulSet. */
final class KubernetesWorkload {
    /** What is claimed where a persistent volume does not say how large it is. */
    static final String DEFAULT_VOLUME_SIZE = "1Gi";

    private final Workload workload;
    private final KubernetesLabels labels;

    KubernetesWorkload(Workload workload, KubernetesLabels labels) {
        this.workload = workload;
        this.labels = labels;
    }

    List<Map<String, Object>> objects() {
        List<Map<String, Object>> objects = new ArrayList<>();
        objects.add(new Fields()
                .put("apiVersion", "v1")
                .put("kind", "ServiceAccount")
                .put("metadata", labels.metadata(workload))
                .put("automountServiceAccountToken", false)
                .map());
        if (!workload.configured().isEmpty()) {
            objects.add(new Fields()
                    .put("apiVersion", "v1")
                    .put("kind", "ConfigMap")
                    .put("metadata", labels.metadata(workload))
                    .put("data", configuration())
                    .map());
        }
        if (hasService()) {
            objects.add(service());
        }
        objects.add(controller());
        return objects;
    }

    /** A StatefulSet must name a Service, and whoever is bound to a workload must be able to look up its name. */
    private boolean hasService() {
        return !workload.ports().isEmpty()
                || workload.keepsData()
                || !workload.callers().isEmpty();
    }

    private Map<String, Object> configuration() {
        Fields data = new Fields();
        workload.configured().forEach(value -> data.put(KubernetesPod.configurationKey(value.name()), value.value()));
        return data.map();
    }

    private Map<String, Object> service() {
        List<Map<String, Object>> ports = workload.ports().stream()
                .map(port -> new Fields()
                        .put("name", port.name())
                        .put("port", port.number())
                        .put("targetPort", port.number())
                        .put("protocol", port.protocol().wire().toUpperCase(Locale.ROOT))
                        .map())
                .toList();
        return new Fields()
                .put("apiVersion", "v1")
                .put("kind", "Service")
                .put("metadata", labels.metadata(workload))
                .put(
                        "spec",
                        new Fields()
                                .put("type", "ClusterIP")
                                // Only a headless Service may be without ports.
                                .put("clusterIP", ports.isEmpty() ? "None" : null)
                                .put("selector", labels.selector(workload.name()))
                                .put("ports", ports)
                                .map())
                .map();
    }

    private Map<String, Object> controller() {
        boolean stateful = workload.keepsData();
        return new Fields()
                .put("apiVersion", "apps/v1")
                .put("kind", stateful ? "StatefulSet" : "Deployment")
                .put("metadata", labels.metadataWithOrigin(workload))
                .put(
                        "spec",
                        new Fields()
                                .put("replicas", workload.replicas())
                                .put("serviceName", stateful ? workload.name() : null)
                                .put("selector", Fields.of("matchLabels", labels.selector(workload.name())))
                                .put(
                                        "template",
                                        new Fields()
                                                .put("metadata", podMetadata())
                                                .put("spec", new KubernetesPod(workload).spec())
                                                .map())
                                .put("volumeClaimTemplates", claims())
                                .map())
                .map();
    }

    private Map<String, Object> podMetadata() {
        return new Fields()
                .put("labels", labels.all(workload))
                .put("annotations", configurationDigest())
                .map();
    }

    /** Pods read their configuration when they start, so a changed one must replace them. */
    private @Nullable Map<String, Object> configurationDigest() {
        Map<String, Object> configuration = configuration();
        if (configuration.isEmpty()) {
            return null;
        }
        String text = new String(YamlText.document(configuration), UTF_8);
        return Fields.of("apg.dev/configuration", Digest.of(text).toString());
    }

    private List<Map<String, Object>> claims() {
        return workload.volumes().stream()
                .filter(Workload.Volume::persistent)
                .map(this::claim)
                .toList();
    }

    private Map<String, Object> claim(Workload.Volume volume) {
        String size = volume.size() == null ? DEFAULT_VOLUME_SIZE : volume.size();
        return new Fields()
                .put(
                        "metadata",
                        new Fields()
                                .put("name", volume.name())
                                .put("labels", labels.selector(workload.name()))
                                .map())
                .put(
                        "spec",
                        new Fields()
                                .put("accessModes", List.of("ReadWriteOnce"))
                                .put("resources", Fields.of("requests", Fields.of("storage", size)))
                                .map())
                .map();
    }
}
