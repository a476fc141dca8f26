package dev.apg.server.composition.bundle;

import dev.apg.contract.capability.PortProtocol;
import dev.apg.contract.capability.RuntimeDescriptor;
import dev.apg.contract.capability.RuntimeDescriptor.HealthCheck;
import dev.apg.contract.capability.RuntimeDescriptor.Quantities;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.VolumeKind;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.resolver.engine.Interruption;
import dev.apg.server.composition.bundle.Workload.Health;
import dev.apg.server.composition.bundle.Workload.Port;
import dev.apg.server.composition.bundle.Workload.Probe;
import dev.apg.server.composition.bundle.Workload.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a lock and its version documents into workloads, and reports what could not run. */
final class RunPlanner {
    private static final Quantities NONE = new Quantities(null, null);

    private final LockDocument lock;
    private final List<BundleInput.Entry> entries;
    private final Wiring wiring;
    private final PlanRemarks findings = new PlanRemarks();
    private final VariablePlanner variables;
    private final Set<String> published = new HashSet<>();

    private RunPlanner(LockDocument lock, List<BundleInput.Entry> entries, List<List<String>> cycles) {
        this.lock = lock;
        this.entries = entries;
        this.wiring = new Wiring(lock, entries, cycles);
        this.variables = new VariablePlanner(wiring, findings);
    }

    static RunPlan plan(LockDocument lock, List<BundleInput.Entry> entries, List<List<String>> cycles) {
        return new RunPlanner(lock, entries, cycles).plan();
    }

    private RunPlan plan() {
        Map<String, Map<String, Object>> configurations = new HashMap<>();
        entries.forEach(entry -> configurations.put(Wiring.code(entry.document().capability()), entry.configuration()));
        List<String> running = wiring.documents().entrySet().stream()
                .filter(entry -> entry.getValue().runtime() != null)
                .map(Map.Entry::getKey)
                .toList();
        ResourceNames.collisions(running)
                .forEach((name, codes) -> codes.forEach(code -> findings.problem(
                        "name_collision",
                        code,
                        "capability",
                        code,
                        "a name of its own; %s all become %s".formatted(String.join(", ", codes), name))));

        Map<String, List<String>> callers = new HashMap<>();
        running.forEach(consumer -> wiring.runningProviders(consumer)
                .forEach(provider -> callers.computeIfAbsent(provider, code -> new ArrayList<>())
                        .add(ResourceNames.of(consumer))));

        List<Workload> workloads = new ArrayList<>();
        for (LockEntry entry : lock.entries()) {
            Interruption.check();
            VersionDocument document = wiring.documents().get(entry.capability());
            if (document != null && document.runtime() != null) {
                workload(
                                entry,
                                document,
                                document.runtime(),
                                configurations.getOrDefault(entry.capability(), Map.of()),
                                callers.getOrDefault(entry.capability(), List.of()))
                        .ifPresent(workloads::add);
            }
        }
        WorkloadNotes.collectTogether(workloads, findings);
        return new RunPlan(List.copyOf(workloads), findings.problems(), findings.notes());
    }

    private Optional<Workload> workload(
            LockEntry entry,
            VersionDocument document,
            RuntimeDescriptor runtime,
            Map<String, Object> configuration,
            List<String> callers) {
        Optional<ImageReference> image = ImageReference.parse(runtime.image());
        if (image.isEmpty()) {
            findings.problem(
                    "image_invalid", document, "runtime.image", runtime.image(), "a name such as registry/cart:1.0");
        }
        checkText(document, "runtime.command", runtime.command());
        checkText(document, "runtime.args", runtime.args());
        Quantities requests =
                runtime.resources() == null ? NONE : orNone(runtime.resources().requests());
        Quantities limits =
                runtime.resources() == null ? NONE : orNone(runtime.resources().limits());
        checkLimit(document, "cpu", requests.cpu(), limits.cpu());
        checkLimit(document, "memory", requests.memory(), limits.memory());
        List<Port> ports = ports(document, runtime);
        Optional<Health> health =
                Optional.ofNullable(runtime.health()).flatMap(check -> health(document, check, ports));
        List<Volume> volumes = volumes(document, runtime);
        List<Workload.Variable> environment = variables.plan(document, runtime, configuration);
        if (image.isEmpty()) {
            return Optional.empty();
        }
        Workload workload = new Workload(
                entry.capability(),
                entry.version(),
                entry.digest(),
                ResourceNames.of(entry.capability()),
                image.get(),
                runtime.command(),
                runtime.args(),
                runtime.user(),
                runtime.readOnlyRoot(),
                ports,
                environment,
                volumes,
                health.orElse(null),
                requests,
                limits,
                replicas(entry.capability(), orElse(runtime.replicas(), 1), volumes),
                wiring.runningProviders(entry.capability()).stream()
                        .filter(provider -> wiring.startsBefore(provider, entry.capability()))
                        .map(ResourceNames::of)
                        .toList(),
                List.copyOf(callers));
        WorkloadNotes.collect(workload, findings);
        return Optional.of(workload);
    }

    /**
     * A persistent volume belongs to one process. Replicas would either fight over one volume or, with a volume each, give
     * different answers behind one address; a descriptor cannot say that its processes share data among themselves.
     */
    private int replicas(String code, int asked, List<Volume> volumes) {
        if (asked <= 1 || volumes.stream().noneMatch(Volume::persistent)) {
            return asked;
        }
        findings.note(
                BundleNote.Kind.REPLICAS_REDUCED,
                code,
                "It runs as one replica of %s, because each would write to a persistent volume of its own."
                        .formatted(asked));
        return 1;
    }

    private List<Port> ports(VersionDocument document, RuntimeDescriptor runtime) {
        List<Port> ports = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < runtime.ports().size(); i++) {
            RuntimeDescriptor.Port written = runtime.ports().get(i);
            String field = "runtime.ports[%s]".formatted(i);
            PortProtocol protocol = written.protocol() == null ? PortProtocol.TCP : written.protocol();
            if (!seen.add(written.name())) {
                findings.problem("port_repeated", document, field + ".name", written.name(), "each name at most once");
            } else if (!seen.add(written.port() + "/" + protocol.wire())) {
                findings.problem(
                        "port_repeated", document, field + ".port", written.port(), "each port and protocol once");
            } else {
                Integer host = written.exposed() ? publish(document, written, protocol) : null;
                ports.add(new Port(written.name(), written.port(), protocol, host));
            }
        }
        return List.copyOf(ports);
    }

    /** Two entries may expose the same port: in Kubernetes they never meet, on one host they would. */
    private int publish(VersionDocument document, RuntimeDescriptor.Port written, PortProtocol protocol) {
        int host = written.port();
        while (!published.add(host + "/" + protocol.wire())) {
            host = host == 65_535 ? 1_024 : host + 1;
        }
        if (host != written.port()) {
            findings.note(
                    BundleNote.Kind.PUBLISHED_PORT_MOVED,
                    Wiring.code(document.capability()),
                    "Compose publishes port %s on %s by default, because %s is taken."
                            .formatted(written.name(), host, written.port()));
        }
        return host;
    }

    private List<Volume> volumes(VersionDocument document, RuntimeDescriptor runtime) {
        List<Volume> volumes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < runtime.volumes().size(); i++) {
            RuntimeDescriptor.Volume written = runtime.volumes().get(i);
            String field = "runtime.volumes[%s]".formatted(i);
            String path = written.path().replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
            checkText(document, field + ".path", List.of(path));
            if (!seen.add(written.name())) {
                findings.problem(
                        "volume_repeated", document, field + ".name", written.name(), "each name at most once");
            } else if (!seen.add(path)) {
                findings.problem("volume_repeated", document, field + ".path", path, "each path at most once");
            } else if (path.equals("/") || Stream.of(path.split("/")).anyMatch(Set.of(".", "..")::contains)) {
                findings.problem(
                        "volume_path_invalid", document, field + ".path", path, "a folder below /, without ..");
            } else {
                volumes.add(new Volume(written.name(), path, written.kind() == VolumeKind.PERSISTENT, written.size()));
            }
        }
        return List.copyOf(volumes);
    }

    private Optional<Health> health(VersionDocument document, HealthCheck check, List<Port> ports) {
        Optional<Probe> probe = switch (check.kind()) {
            case HTTP ->
                probedPort(document, check, ports)
                        .map(port -> new Probe.Http(port, check.path() == null ? "/" : check.path()));
            case TCP -> probedPort(document, check, ports).map(Probe.Tcp::new);
            case GRPC -> probedPort(document, check, ports).map(Probe.Grpc::new);
            case COMMAND -> Optional.of(new Probe.Command(check.command() == null ? List.of() : check.command()));
        };
        checkText(document, "runtime.health.path", check.path() == null ? List.of() : List.of(check.path()));
        checkText(document, "runtime.health.command", check.command() == null ? List.of() : check.command());
        if (probe.isPresent() && probe.get() instanceof Probe.Command(List<String> command) && command.isEmpty()) {
            findings.problem("health_command_absent", document, "runtime.health.command", "empty", "a command to run");
        }
        return probe.map(asked -> new Health(
                asked,
                orElse(check.initialDelaySeconds(), 0),
                orElse(check.periodSeconds(), 10),
                orElse(check.timeoutSeconds(), 1),
                orElse(check.failureThreshold(), 3)));
    }

    private Optional<Integer> probedPort(VersionDocument document, HealthCheck check, List<Port> ports) {
        Optional<Integer> port = ports.stream()
                .filter(candidate -> check.port() == null
                        ? ports.size() == 1
                        : candidate.name().equals(check.port()))
                .map(Port::number)
                .findFirst();
        if (port.isEmpty()) {
            findings.problem(
                    "health_port_unclear",
                    document,
                    "runtime.health.port",
                    check.port() == null ? "absent" : check.port(),
                    "the name of one of runtime.ports");
        }
        return port;
    }

    private void checkLimit(VersionDocument document, String what, @Nullable String request, @Nullable String limit) {
        if (request != null && limit != null && Quantity.parse(request).compareTo(Quantity.parse(limit)) > 0) {
            findings.problem(
                    "request_over_limit",
                    document,
                    "runtime.resources.requests." + what,
                    request,
                    "at most the limit %s".formatted(limit));
        }
    }

    private void checkText(VersionDocument document, String field, List<String> texts) {
        texts.stream()
                .filter(text -> !ProcessText.representable(text))
                .findFirst()
                .ifPresent(text -> findings.problem(
                        "text_not_representable", document, field, ProcessText.offence(text), ProcessText.EXPECTED));
    }

    private static Quantities orNone(@Nullable Quantities quantities) {
        return quantities == null ? NONE : quantities;
    }

    private static int orElse(@Nullable Integer value, int fallback) {
        return value == null ? fallback : value;
    }
}
