package dev.apg.server.composition.bundle;

import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.RuntimeDescriptor;
import dev.apg.contract.capability.RuntimeDescriptor.EnvironmentVariable;
import dev.apg.contract.capability.RuntimeDescriptor.Port;
import dev.apg.contract.capability.RuntimeDescriptor.ProviderAddress;
import dev.apg.contract.capability.RuntimeDescriptor.SecretReference;
import dev.apg.contract.capability.Strength;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.server.composition.bundle.Workload.SecretKey;
import dev.apg.server.composition.bundle.Workload.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the environment of a run-time descriptor into variables with values. */
final class VariablePlanner {
    private static final String DEFAULT_TEMPLATE = "{host}:{port}";
    private static final String FILE_SUFFIX = "_FILE";

    private final Wiring wiring;
    private final PlanRemarks findings;

    VariablePlanner(Wiring wiring, PlanRemarks findings) {
        this.wiring = wiring;
        this.findings = findings;
    }

    /** The variables of a running version, in the descriptor's order, without those that have no value. */
    List<Variable> plan(VersionDocument document, RuntimeDescriptor runtime, Map<String, Object> configuration) {
        List<Variable> variables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < runtime.environment().size(); i++) {
            EnvironmentVariable written = runtime.environment().get(i);
            String field = "runtime.environment[%s]".formatted(i);
            if (!names.add(written.name())) {
                findings.problem(
                        "variable_repeated", document, field + ".name", written.name(), "each name at most once");
                continue;
            }
            variable(document, written, field, configuration).ifPresent(variables::add);
        }
        return List.copyOf(variables);
    }

    private Optional<? extends Variable> variable(
            VersionDocument document, EnvironmentVariable written, String field, Map<String, Object> configuration) {
        if (written.secret() != null) {
            return secret(document, written.name(), written.secret(), field);
        }
        if (written.provider() != null) {
            return address(document, written.name(), written.provider(), field)
                    .map(value -> new Variable.Fixed(written.name(), value));
        }
        if (written.configuration() != null) {
            return configured(document, written.name(), written.configuration(), field, configuration);
        }
        String value = written.value() == null ? "" : written.value();
        return representable(document, value, field + ".value")
                ? Optional.of(new Variable.Fixed(written.name(), value))
                : Optional.empty();
    }

    private Optional<? extends Variable> secret(
            VersionDocument document, String name, SecretReference reference, String field) {
        // Kubernetes refuses these keys, because it mounts keys as files.
        if (reference.key().equals(".") || reference.key().startsWith("..")) {
            findings.problem(
                    "secret_key_invalid", document, field + ".secret.key", reference.key(), "no . or leading ..");
            return Optional.empty();
        }
        SecretKey key = new SecretKey(reference.name(), reference.key());
        Optional<String> description = Optional.ofNullable(reference.description());
        return Optional.of(
                name.endsWith(FILE_SUFFIX)
                        ? new Variable.SecretFile(name, key, description)
                        : new Variable.Secret(name, key, description));
    }

    private Optional<? extends Variable> configured(
            VersionDocument document, String name, String path, String field, Map<String, Object> configuration) {
        Object value = lookUp(configuration, path);
        if (value == null) {
            value = schemaDefault(document.configurationSchema(), path);
        }
        if (value == null) {
            findings.note(
                    BundleNote.Kind.CONFIGURATION_ABSENT,
                    Wiring.code(document.capability()),
                    "%s is left out: the configuration has no %s and its schema no default.".formatted(name, path));
            return Optional.empty();
        }
        String text = ProcessText.of(value);
        return representable(document, text, field + ".configuration")
                ? Optional.of(new Variable.Configured(name, text))
                : Optional.empty();
    }

    private static @Nullable Object lookUp(Map<?, ?> configuration, String path) {
        Object value = configuration;
        for (String key : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    private static @Nullable Object schemaDefault(@Nullable Map<String, Object> schema, String path) {
        Object node = schema;
        for (String key : path.split("\\.", -1)) {
            node = node instanceof Map<?, ?> map && map.get("properties") instanceof Map<?, ?> properties
                    ? properties.get(key)
                    : null;
        }
        return node instanceof Map<?, ?> map ? map.get("default") : null;
    }

    private Optional<String> address(VersionDocument document, String name, ProviderAddress address, String field) {
        String consumer = Wiring.code(document.capability());
        String requirement = Wiring.code(address.requirement());
        Optional<LockBinding> binding = wiring.binding(consumer, requirement);
        Optional<VersionDocument> provider =
                binding.map(found -> wiring.documents().get(found.provider())).filter(found -> found.runtime() != null);
        if (binding.isEmpty() || provider.isEmpty()) {
            providerAbsent(document, name, requirement, field, binding);
            return Optional.empty();
        }
        String template = address.template() == null ? DEFAULT_TEMPLATE : address.template();
        String value = template.replace(
                "{host}", ResourceNames.of(Wiring.code(provider.get().capability())));
        if (template.contains("{port}")) {
            Optional<Port> port = port(provider.get(), address.port(), binding.get());
            if (port.isEmpty()) {
                portUnclear(document, address, field, binding.get().provider(), ports(provider.get()));
                return Optional.empty();
            }
            value = value.replace("{port}", String.valueOf(port.get().port()));
        }
        return representable(document, value, field + ".provider.template") ? Optional.of(value) : Optional.empty();
    }

    /** Only a template with a port in it needs one; what runs may well listen on none. */
    private void portUnclear(
            VersionDocument document, ProviderAddress address, String field, String provider, List<Port> ports) {
        if (ports.isEmpty()) {
            findings.problem(
                    "provider_port_unclear",
                    document,
                    field + ".provider.template",
                    address.template() == null ? DEFAULT_TEMPLATE : address.template(),
                    "a template without {port}, such as {host}; or a version of %s that lists a port in runtime.ports, as this one lists none"
                            .formatted(provider));
            return;
        }
        findings.problem(
                "provider_port_unclear",
                document,
                field + ".provider.port",
                address.port() == null ? "absent" : address.port(),
                "the name of one of the ports of %s: %s"
                        .formatted(provider, ports.stream().map(Port::name).collect(Collectors.joining(", "))));
    }

    private void providerAbsent(
            VersionDocument document, String name, String requirement, String field, Optional<LockBinding> binding) {
        Optional<Strength> strength = document.requirements().stream()
                .filter(written -> nameOf(written).equals(requirement))
                .map(written -> written.strength() == null ? Strength.REQUIRED : written.strength())
                .findFirst();
        if (strength.isEmpty() || strength.get() == Strength.REQUIRED) {
            findings.unmet(
                    document,
                    field + ".provider.requirement",
                    requirement,
                    binding.isEmpty()
                            ? "the name of a requirement of this version that something in the lock meets"
                            : "a provider that runs; %s has no run-time descriptor"
                                    .formatted(binding.get().provider()));
        } else {
            findings.note(
                    BundleNote.Kind.PROVIDER_ABSENT,
                    Wiring.code(document.capability()),
                    "%s is left out: nothing that runs provides its %s requirement %s."
                            .formatted(name, strength.get().wire(), requirement));
        }
    }

    private static String nameOf(Requirement requirement) {
        if (requirement.name() != null) {
            return Wiring.code(requirement.name());
        }
        Target first = requirement.targets().getFirst();
        String target = first.capability() == null ? first.service() : first.capability();
        return target == null ? "" : Wiring.code(target);
    }

    /** The named port, else the lock's, else the one that speaks the service, else the only one. */
    private static Optional<Port> port(VersionDocument provider, @Nullable String named, LockBinding binding) {
        List<Port> ports = ports(provider);
        String wanted = named == null ? binding.port() : named;
        if (wanted != null) {
            return ports.stream().filter(port -> port.name().equals(wanted)).findFirst();
        }
        String service = binding.service();
        Optional<Port> speaking = ports.stream()
                .filter(port -> service != null
                        && port.service() != null
                        && Wiring.code(port.service()).equals(service))
                .findFirst();
        return speaking.isPresent() || ports.size() != 1 ? speaking : Optional.of(ports.getFirst());
    }

    private static List<Port> ports(VersionDocument provider) {
        return provider.runtime() == null ? List.of() : provider.runtime().ports();
    }

    private boolean representable(VersionDocument document, String text, String field) {
        if (ProcessText.representable(text)) {
            return true;
        }
        findings.problem("text_not_representable", document, field, ProcessText.offence(text), ProcessText.EXPECTED);
        return false;
    }
}
