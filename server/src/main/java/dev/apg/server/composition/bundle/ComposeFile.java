package dev.apg.server.composition.bundle;

import dev.apg.contract.capability.PortProtocol;
import dev.apg.contract.capability.RuntimeDescriptor.Quantities;
import dev.apg.resolver.engine.Interruption;
import dev.apg.server.composition.bundle.Workload.Health;
import dev.apg.server.composition.bundle.Workload.Probe;
import dev.apg.server.composition.bundle.Workload.SecretKey;
import dev.apg.server.composition.bundle.Workload.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes {@code compose.yaml}. Every text of a descriptor has its dollar signs doubled, see {@link PlaceVariables}. */
final class ComposeFile {
    /** What a process that starts as root commonly uses to prepare its folders and become another user. */
    static final List<String> ROOT_CAPABILITIES =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "NET_BIND_SERVICE", "SETGID", "SETUID");

    private final BundleInput input;
    private final List<Workload> workloads;
    private final PlaceVariables variables;

    ComposeFile(BundleInput input, List<Workload> workloads, PlaceVariables variables) {
        this.input = input;
        this.workloads = workloads;
        this.variables = variables;
    }

    byte[] render() {
        Map<String, Workload> byName = workloads.stream().collect(Collectors.toMap(Workload::name, item -> item));
        Fields services = new Fields();
        Fields volumes = new Fields();
        Fields secrets = new Fields();
        for (Workload workload : workloads) {
            Interruption.check();
            services.put(workload.name(), service(workload, byName));
            workload.volumes().stream()
                    .filter(Workload.Volume::persistent)
                    .forEach(volume -> volumes.putEvenIfEmpty(volumeName(workload, volume), Map.of()));
            workload.secretFiles().forEach(key -> secrets.put(secretName(key), variables.secretSource(key)));
        }
        return YamlText.document(new Fields()
                .put("name", ResourceNames.of(input.composition()))
                .put(
                        "x-apg",
                        new Fields()
                                .put("composition", input.composition())
                                .put("revision", input.revision())
                                .put("lock", input.lockDigest())
                                .map())
                .put("services", services.map())
                .put("volumes", volumes.map())
                .put("secrets", secrets.map())
                .map());
    }

    private Map<String, Object> service(Workload workload, Map<String, Workload> byName) {
        Long user = workload.user();
        return new Fields()
                .put("image", variables.image(workload))
                .put("entrypoint", escaped(workload.command()))
                .put("command", escaped(workload.args()))
                .put("user", user == null ? null : user.toString())
                .put("environment", environment(workload))
                .put(
                        "secrets",
                        workload.secretFiles().stream()
                                .map(ComposeFile::secretName)
                                .toList())
                .put(
                        "ports",
                        workload.exposedPorts().stream()
                                .map(port -> variables.port(workload, port) + ":" + port.number()
                                        + (port.protocol() == PortProtocol.UDP ? "/udp" : ""))
                                .toList())
                .put("volumes", volumes(workload))
                .put("tmpfs", workload.needsTemporaryFolder() ? List.of("/tmp") : null)
                .put(
                        "read_only",
                        workload.readOnlyRoot() && !variables.secrets().copiedInto(workload) ? true : null)
                .put("cap_drop", List.of("ALL"))
                .put("cap_add", workload.needsRoot() ? ROOT_CAPABILITIES : null)
                .put("security_opt", List.of("no-new-privileges:true"))
                .put("healthcheck", healthcheck(workload.health()))
                .put("depends_on", dependsOn(workload, byName))
                .put("deploy", deploy(workload))
                .put("restart", "unless-stopped")
                .map();
    }

    private Map<String, Object> environment(Workload workload) {
        Fields environment = new Fields();
        for (Variable variable : workload.environment()) {
            environment.put(
                    variable.name(),
                    switch (variable) {
                        case Variable.Fixed(String _, String value) -> PlaceVariables.escape(value);
                        case Variable.Configured value -> variables.configured(workload, value);
                        case Variable.Secret(String _, SecretKey key, var _) -> variables.secret(key);
                        case Variable.SecretFile(String _, SecretKey key, var _) -> "/run/secrets/" + secretName(key);
                    });
        }
        return environment.map();
    }

    private static List<Map<String, Object>> volumes(Workload workload) {
        List<Map<String, Object>> volumes = new ArrayList<>();
        for (Workload.Volume volume : workload.volumes()) {
            String target = PlaceVariables.escape(volume.path());
            String size = volume.size();
            volumes.add(
                    volume.persistent()
                            ? new Fields()
                                    .put("type", "volume")
                                    .put("source", volumeName(workload, volume))
                                    .put("target", target)
                                    .map()
                            : new Fields()
                                    .put("type", "tmpfs")
                                    .put("target", target)
                                    .put(
                                            "tmpfs",
                                            size == null
                                                    ? null
                                                    : Fields.of(
                                                            "size",
                                                            Quantity.bytes(size).longValue()))
                                    .map());
        }
        return volumes;
    }

    private static @Nullable Map<String, Object> healthcheck(@Nullable Health health) {
        if (health == null || !(health.probe() instanceof Probe.Command(List<String> command))) {
            return null;
        }
        List<String> test = new ArrayList<>(List.of("CMD"));
        test.addAll(escaped(command));
        return new Fields()
                .put("test", test)
                .put("interval", health.period() + "s")
                .put("timeout", health.timeout() + "s")
                .put("retries", health.failureThreshold())
                .put("start_period", health.initialDelay() + "s")
                .map();
    }

    private static Map<String, Object> dependsOn(Workload workload, Map<String, Workload> byName) {
        Fields dependsOn = new Fields();
        for (String name : workload.startsAfter()) {
            Workload provider = byName.get(name);
            if (provider != null) {
                boolean waits = healthcheck(provider.health()) != null && provider.composeReplicas() > 0;
                dependsOn.put(name, Fields.of("condition", waits ? "service_healthy" : "service_started"));
            }
        }
        return dependsOn.map();
    }

    private static Map<String, Object> deploy(Workload workload) {
        Quantities limits = workload.limits();
        Quantities requests = workload.requests();
        return new Fields()
                .put("replicas", workload.composeReplicas() == 1 ? null : workload.composeReplicas())
                .put(
                        "resources",
                        new Fields()
                                .put("limits", resources(limits))
                                .put("reservations", resources(requests))
                                .map())
                .map();
    }

    private static Map<String, Object> resources(Quantities quantities) {
        String cpu = quantities.cpu();
        String memory = quantities.memory();
        return new Fields()
                .put("cpus", cpu == null ? null : Quantity.composeProcessors(cpu))
                .put("memory", memory == null ? null : Quantity.composeBytes(memory))
                .map();
    }

    private static List<String> escaped(List<String> texts) {
        return texts.stream().map(PlaceVariables::escape).toList();
    }

    /** An underscore separates, because names have none: {@code a} + {@code b-c} is not {@code a-b} + {@code c}. */
    private static String volumeName(Workload workload, Workload.Volume volume) {
        return workload.name() + "_" + volume.name();
    }

    private static String secretName(SecretKey key) {
        return key.name() + "_" + key.key();
    }
}
