package dev.apg.server.composition.bundle;

import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.RuntimeDescriptor.Quantities;
import dev.apg.server.composition.bundle.Workload.Health;
import dev.apg.server.composition.bundle.Workload.Probe;
import dev.apg.server.composition.bundle.Workload.SecretKey;
import dev.apg.server.composition.bundle.Workload.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pod of a workload: the restricted pod security profile, unless the image needs root. */
final class KubernetesPod {
    private static final String SECRETS_FOLDER = "/run/secrets/apg";
    private static final int FIRST_UNPRIVILEGED_PORT = 1_024;

    /** Enough periods for a slow start; liveness begins to count only afterwards. */
    private static final int STARTUP_FAILURES = 30;

    /** Container ports need a letter and no double hyphen; the format's port names do not. */
    private static final Pattern PORT_NAME = Pattern.compile("(?=.*[a-z])(?!.*--).*");

    private static final int MAX_CONFIGURATION_KEY = 253;

    private final Workload workload;
    private final String temporary;
    private final String secrets;

    KubernetesPod(Workload workload) {
        this.workload = workload;
        this.temporary = freeVolumeName("apg-tmp");
        this.secrets = freeVolumeName("apg-secrets");
    }

    Map<String, Object> spec() {
        return new Fields()
                .put("serviceAccountName", workload.name())
                .put("automountServiceAccountToken", false)
                // Otherwise a Service named redis gives every pod a REDIS_PORT that is no port.
                .put("enableServiceLinks", false)
                .put("securityContext", podSecurity())
                .put("containers", List.of(container()))
                .put("volumes", volumes())
                .map();
    }

    private Map<String, Object> podSecurity() {
        Long user = workload.user();
        boolean lowPort = workload.ports().stream().anyMatch(port -> port.number() < FIRST_UNPRIVILEGED_PORT);
        return new Fields()
                .put("runAsNonRoot", !workload.needsRoot())
                .put("runAsUser", user)
                .put("fsGroup", workload.keepsData() && !workload.needsRoot() ? user : null)
                .put("seccompProfile", Fields.of("type", "RuntimeDefault"))
                .put(
                        "sysctls",
                        lowPort && !workload.needsRoot()
                                ? List.of(new Fields()
                                        .put("name", "net.ipv4.ip_unprivileged_port_start")
                                        .put("value", "0")
                                        .map())
                                : null)
                .map();
    }

    private Map<String, Object> container() {
        return new Fields()
                .put("name", workload.name())
                .put("image", workload.image().text())
                .put("command", escaped(workload.command()))
                .put("args", escaped(workload.args()))
                .put("ports", workload.ports().stream().map(KubernetesPod::port).toList())
                .put("env", workload.environment().stream().map(this::variable).toList())
                .put("volumeMounts", mounts())
                .put("resources", resources())
                .put("securityContext", containerSecurity())
                .put("startupProbe", probe(true))
                .put("livenessProbe", probe(false))
                .put("readinessProbe", probe(false))
                .map();
    }

    private Map<String, Object> containerSecurity() {
        return new Fields()
                .put("allowPrivilegeEscalation", false)
                .put(
                        "capabilities",
                        new Fields()
                                .put("drop", List.of("ALL"))
                                .put("add", workload.needsRoot() ? ComposeFile.ROOT_CAPABILITIES : null)
                                .map())
                .put("readOnlyRootFilesystem", workload.readOnlyRoot() ? true : null)
                .map();
    }

    private static Map<String, Object> port(Workload.Port port) {
        return new Fields()
                .put("name", PORT_NAME.matcher(port.name()).matches() ? port.name() : null)
                .put("containerPort", port.number())
                .put("protocol", port.protocol().wire().toUpperCase(Locale.ROOT))
                .map();
    }

    private Map<String, Object> variable(Variable variable) {
        Fields fields = new Fields().put("name", variable.name());
        return switch (variable) {
            case Variable.Fixed(String _, String value) ->
                fields.put("value", escape(value)).map();
            case Variable.Configured(String name, String _) ->
                fields.put("valueFrom", keyReference("configMapKeyRef", workload.name(), configurationKey(name)))
                        .map();
            case Variable.Secret(String _, SecretKey key, var _) ->
                fields.put("valueFrom", keyReference("secretKeyRef", key.name(), key.key()))
                        .map();
            case Variable.SecretFile(String _, SecretKey key, var _) ->
                fields.put("value", escape("%s/%s".formatted(SECRETS_FOLDER, secretPath(key))))
                        .map();
        };
    }

    /** A key in the workload's ConfigMap: the variable's name, shortened where that is longer than a key may be. */
    static String configurationKey(String variable) {
        return variable.length() <= MAX_CONFIGURATION_KEY
                ? variable
                : Digest.of(variable).hex();
    }

    private static Map<String, Object> keyReference(String kind, String name, String key) {
        return Fields.of(kind, new Fields().put("name", name).put("key", key).map());
    }

    private List<Map<String, Object>> mounts() {
        List<Map<String, Object>> mounts = new ArrayList<>();
        workload.volumes().forEach(volume -> mounts.add(mount(volume.name(), volume.path())));
        if (workload.needsTemporaryFolder()) {
            mounts.add(mount(temporary, "/tmp"));
        }
        if (!workload.secretFiles().isEmpty()) {
            mounts.add(new Fields()
                    .put("name", secrets)
                    .put("mountPath", SECRETS_FOLDER)
                    .put("readOnly", true)
                    .map());
        }
        return mounts;
    }

    private static Map<String, Object> mount(String name, String path) {
        return new Fields().put("name", name).put("mountPath", path).map();
    }

    /** Persistent volumes are not here: the StatefulSet claims one for each replica. */
    private List<Map<String, Object>> volumes() {
        List<Map<String, Object>> volumes = new ArrayList<>();
        workload.volumes().stream()
                .filter(volume -> !volume.persistent())
                .forEach(volume -> volumes.add(emptyFolder(volume.name(), volume.size())));
        if (workload.needsTemporaryFolder()) {
            volumes.add(emptyFolder(temporary, null));
        }
        if (!workload.secretFiles().isEmpty()) {
            List<Map<String, Object>> sources = workload.secretFiles().stream()
                    .map(KubernetesPod::secretSource)
                    .toList();
            volumes.add(new Fields()
                    .put("name", secrets)
                    .put("projected", Fields.of("sources", sources))
                    .map());
        }
        return volumes;
    }

    private static Map<String, Object> emptyFolder(String name, @Nullable String size) {
        return new Fields()
                .put("name", name)
                .putEvenIfEmpty("emptyDir", new Fields().put("sizeLimit", size).map())
                .map();
    }

    private static Map<String, Object> secretSource(SecretKey key) {
        Map<String, Object> item =
                new Fields().put("key", key.key()).put("path", secretPath(key)).map();
        return Fields.of(
                "secret",
                new Fields().put("name", key.name()).put("items", List.of(item)).map());
    }

    private static String secretPath(SecretKey key) {
        return key.name() + "/" + key.key();
    }

    private String freeVolumeName(String wanted) {
        String name = wanted;
        for (int i = 1; taken(name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    private boolean taken(String name) {
        return workload.volumes().stream().anyMatch(volume -> volume.name().equals(name));
    }

    private Map<String, Object> resources() {
        return new Fields()
                .put("requests", quantities(workload.requests()))
                .put("limits", quantities(workload.limits()))
                .map();
    }

    private static Map<String, Object> quantities(Quantities quantities) {
        return new Fields()
                .put("cpu", quantities.cpu())
                .put("memory", quantities.memory())
                .map();
    }

    private @Nullable Map<String, Object> probe(boolean startup) {
        Health health = workload.health();
        if (health == null) {
            return null;
        }
        Fields probe = new Fields();
        switch (health.probe()) {
            case Probe.Http(int port, String path) ->
                probe.put(
                        "httpGet",
                        new Fields().put("path", path).put("port", port).map());
            case Probe.Tcp(int port) -> probe.put("tcpSocket", Fields.of("port", port));
            case Probe.Grpc(int port) -> probe.put("grpc", Fields.of("port", port));
            case Probe.Command(List<String> command) -> probe.put("exec", Fields.of("command", escaped(command)));
        }
        int failures = health.failureThreshold();
        return probe.put("initialDelaySeconds", startup && health.initialDelay() > 0 ? health.initialDelay() : null)
                .put("periodSeconds", health.period())
                .put("timeoutSeconds", health.timeout())
                .put("failureThreshold", startup ? Math.max(failures, STARTUP_FAILURES) : failures)
                .map();
    }

    private static List<String> escaped(List<String> texts) {
        return texts.stream().map(KubernetesPod::escape).toList();
    }

    /** Kubernetes expands {@code $(NAME)} in commands, arguments and values; a doubled dollar sign is one. */
    private static String escape(String text) {
        return text.replace("$", "$$");
    }
}
