package dev.apg.server.composition.bundle;

import dev.apg.resolver.engine.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the {@code kubernetes/} folder: one file for each workload, the network policies, and a kustomization. */
final class KubernetesFiles {
    private static final String FOLDER = "kubernetes/";
    private static final String NETWORK_POLICIES = "network-policies.yaml";

    private final List<Workload> workloads;
    private final KubernetesLabels labels;

    KubernetesFiles(BundleInput input, List<Workload> workloads) {
        this.workloads = workloads;
        this.labels = new KubernetesLabels(input);
    }

    SortedMap<String, byte[]> render() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Workload workload : workloads) {
            Interruption.check();
            files.put(
                    FOLDER + workloadFile(workload),
                    YamlText.documents(new KubernetesWorkload(workload, labels).objects()));
        }
        files.put(
                FOLDER + NETWORK_POLICIES,
                YamlText.documents(workloads.stream().map(this::networkPolicy).toList()));
        files.put(FOLDER + "kustomization.yaml", YamlText.document(kustomization()));
        return files;
    }

    /** A folder of their own keeps a workload from being named like one of the other files. */
    private static String workloadFile(Workload workload) {
        return "workloads/" + workload.name() + ".yaml";
    }

    private Map<String, Object> kustomization() {
        List<String> resources = new ArrayList<>(
                workloads.stream().map(KubernetesFiles::workloadFile).sorted().toList());
        resources.add(NETWORK_POLICIES);
        // Names without tags: an entry with a tag would set it for every workload that uses the same repository.
        List<Map<String, Object>> images = workloads.stream()
                .map(workload -> workload.image().repository())
                .distinct()
                .sorted()
                .map(repository -> new Fields()
                        .put("name", repository)
                        .put("newName", repository)
                        .map())
                .toList();
        return new Fields()
                .put("apiVersion", "kustomize.config.k8s.io/v1beta1")
                .put("kind", "Kustomization")
                .put("resources", resources)
                .put("images", images)
                .map();
    }

    /**
     * Lets in who the lock binds to the workload, its own replicas, and anyone at exposed ports. The lock lists every need
     * that a version declares, so only undeclared connections are refused. What goes out is not limited.
     */
    private Map<String, Object> networkPolicy(Workload workload) {
        List<Map<String, Object>> peers = new ArrayList<>();
        peers.add(peer(workload.name()));
        workload.callers().forEach(caller -> peers.add(peer(caller)));
        List<Map<String, Object>> rules = new ArrayList<>();
        rules.add(new Fields()
                .put("from", peers)
                .put("ports", ports(workload.ports()))
                .map());
        if (!workload.exposedPorts().isEmpty()) {
            rules.add(Fields.of("ports", ports(workload.exposedPorts())));
        }
        return new Fields()
                .put("apiVersion", "networking.k8s.io/v1")
                .put("kind", "NetworkPolicy")
                .put("metadata", labels.metadata(workload))
                .put(
                        "spec",
                        new Fields()
                                .put("podSelector", Fields.of("matchLabels", labels.selector(workload.name())))
                                .put("policyTypes", List.of("Ingress"))
                                .put("ingress", rules)
                                .map())
                .map();
    }

    private Map<String, Object> peer(String name) {
        return Fields.of("podSelector", Fields.of("matchLabels", labels.selector(name)));
    }

    private static List<Map<String, Object>> ports(List<Workload.Port> ports) {
        return ports.stream()
                .map(port -> new Fields()
                        .put("port", port.number())
                        .put("protocol", port.protocol().wire().toUpperCase(Locale.ROOT))
                        .map())
                .toList();
    }
}
