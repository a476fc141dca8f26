package dev.apg.server.capability.document;

import dev.apg.contract.capability.HealthKind;
import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.RuntimeDescriptor;
import dev.apg.contract.capability.RuntimeDescriptor.EnvironmentVariable;
import dev.apg.contract.capability.RuntimeDescriptor.HealthCheck;
import dev.apg.contract.capability.RuntimeDescriptor.Port;
import dev.apg.contract.capability.RuntimeDescriptor.ProviderAddress;
import dev.apg.contract.capability.RuntimeDescriptor.Quantities;
import dev.apg.contract.capability.RuntimeDescriptor.Volume;
import dev.apg.contract.capability.VersionDocument;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a run-time descriptor agrees with itself and with the document that it stands in. */
final class RuntimeChecks {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");
    private static final Set<String> PLACEHOLDERS = Set.of("{host}", "{port}");

    private final VersionDocument document;
    private final RuntimeDescriptor runtime;
    private final Findings findings;

    private RuntimeChecks(VersionDocument document, RuntimeDescriptor runtime, Findings findings) {
        this.document = document;
        this.runtime = runtime;
        this.findings = findings;
    }

    static void check(VersionDocument document, RuntimeDescriptor runtime, Findings findings) {
        var checks = new RuntimeChecks(document, runtime, findings);
        checks.image();
        checks.ports();
        checks.environment();
        checks.arguments("runtime.command", runtime.command());
        checks.arguments("runtime.args", runtime.args());
        checks.volumes();
        if (runtime.health() != null) {
            checks.health(runtime.health());
        }
        checks.resources();
    }

    private void image() {
        @Nullable String image = runtime.image();
        if (image == null) {
            return;
        }
        switch (ImageReference.read(image)) {
            case DIGEST -> {}
            case TAG ->
                findings.warning(
                        "runtime.image",
                        "%s is not pinned: a tag can be moved to another image, a digest cannot".formatted(image),
                        "image.not_pinned");
            case MALFORMED ->
                findings.error(
                        "runtime.image",
                        image,
                        "an image with a tag or digest, such as registry.example/cart:v1",
                        "image.malformed");
        }
    }

    /** Kubernetes replaces {@code $(NAME)}, Compose does not, and a bundle means the same in both: nothing is replaced. */
    private void arguments(String field, List<String> arguments) {
        Set<String> names =
                runtime.environment().stream().map(EnvironmentVariable::name).collect(Collectors.toSet());
        for (int i = 0; i < arguments.size(); i++) {
            Matcher reference = REFERENCE.matcher(arguments.get(i));
            while (reference.find()) {
                if (names.contains(reference.group(1))) {
                    findings.warning(
                            "%s[%d]".formatted(field, i),
                            "%s is passed on as it is written: a bundle replaces no variables in arguments; an image with a shell can, as in [sh, -c, 'exec program \"$%s\"']"
                                    .formatted(reference.group(), reference.group(1)),
                            "argument.not_replaced");
                }
            }
        }
    }

    private void ports() {
        Set<String> services =
                document.provides().stream().map(Provision::service).collect(Collectors.toSet());
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < runtime.ports().size(); i++) {
            Port port = runtime.ports().get(i);
            String field = "runtime.ports[" + i + "]";
            once(names, port.name(), field + ".name");
            String protocol = port.protocol() == null ? "tcp" : port.protocol().wire();
            once(numbers, port.port() == null ? null : port.port() + "/" + protocol, field + ".port");
            if (port.service() != null && !services.contains(port.service()) && findings.isReadable("provides")) {
                findings.error(
                        field + ".service",
                        port.service(),
                        oneOf("a service that this version provides", services),
                        "service.not_provided");
            }
        }
    }

    private void environment() {
        Set<String> requirements = document.requirements().stream()
                .map(Requirement::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < runtime.environment().size(); i++) {
            EnvironmentVariable variable = runtime.environment().get(i);
            String field = "runtime.environment[" + i + "]";
            once(names, variable.name(), field + ".name");
            long sources = Stream.of(variable.value(), variable.configuration(), variable.provider(), variable.secret())
                    .filter(Objects::nonNull)
                    .count();
            if (sources != 1 && findings.isReadable(field)) {
                findings.error(
                        field,
                        variable.name(),
                        "exactly one of value, configuration, provider and secret",
                        "environment.source");
            }
            if (variable.configuration() != null) {
                configuration(variable.configuration(), field + ".configuration");
            }
            if (variable.provider() != null) {
                provider(variable.provider(), requirements, field + ".provider");
            }
        }
    }

    /** A key is wrong only if the schema rules it out; a schema that is open there says nothing about it. */
    private void configuration(String key, String field) {
        @Nullable Object schema = document.configurationSchema();
        for (String step : key.split("\\.", -1)) {
            if (!(schema instanceof Map<?, ?> object)) {
                break;
            }
            @Nullable Object properties = object.get("properties");
            if (properties instanceof Map<?, ?> known && known.containsKey(step)) {
                schema = known.get(step);
            } else if (Boolean.FALSE.equals(object.get("additionalProperties"))
                    && !object.containsKey("patternProperties")) {
                findings.error(field, key, "a key that configuration_schema allows", "configuration.unknown_key");
                return;
            } else {
                return;
            }
        }
        if (document.configurationSchema() == null) {
            findings.warning(
                    field,
                    "%s cannot be checked: there is no configuration_schema".formatted(key),
                    "configuration.not_checked");
        }
    }

    private void provider(ProviderAddress provider, Set<String> requirements, String field) {
        @Nullable String requirement = provider.requirement();
        if (requirement != null && !requirements.contains(requirement) && findings.isReadable("requirements")) {
            findings.error(
                    field + ".requirement",
                    requirement,
                    oneOf("the name of a requirement of this version", requirements),
                    "requirement.unknown");
        }
        if (provider.template() != null) {
            Matcher placeholders = PLACEHOLDER.matcher(provider.template());
            while (placeholders.find()) {
                if (!PLACEHOLDERS.contains(placeholders.group())) {
                    findings.error(
                            field + ".template", placeholders.group(), "only {host} and {port}", "template.malformed");
                }
            }
        }
    }

    private void volumes() {
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < runtime.volumes().size(); i++) {
            Volume volume = runtime.volumes().get(i);
            String field = "runtime.volumes[" + i + "]";
            once(names, volume.name(), field + ".name");
            once(paths, volume.path(), field + ".path");
        }
    }

    private void health(HealthCheck health) {
        @Nullable HealthKind kind = health.kind();
        if (kind == null) {
            return;
        }
        boolean onPort = switch (kind) {
            case HTTP, TCP, GRPC -> true;
            case COMMAND -> false;
        };
        List<String> names = runtime.ports().stream().map(Port::name).toList();
        if (onPort && health.port() == null) {
            findings.error("runtime.health.port", null, oneOf("the name of a port", names), "missing");
        } else if (onPort && !names.contains(health.port()) && findings.isReadable("runtime.ports")) {
            findings.error("runtime.health.port", health.port(), oneOf("the name of a port", names), "port.unknown");
        }
        if (!onPort) {
            absent("runtime.health.port", health.port(), kind);
        }
        if (kind != HealthKind.HTTP) {
            absent("runtime.health.path", health.path(), kind);
        }
        boolean command = health.command() != null && !health.command().isEmpty();
        if (kind == HealthKind.COMMAND && !command) {
            findings.error("runtime.health.command", null, "the command to run", "missing");
        } else if (kind != HealthKind.COMMAND && command) {
            absent("runtime.health.command", String.join(" ", health.command()), kind);
        }
    }

    private void absent(String field, @Nullable String value, HealthKind kind) {
        if (value != null) {
            findings.error(field, value, "nothing, as the kind is " + kind.wire(), "health.field");
        }
    }

    private void resources() {
        if (runtime.resources() == null) {
            return;
        }
        @Nullable Quantities requests = runtime.resources().requests();
        @Nullable Quantities limits = runtime.resources().limits();
        if (requests != null && limits != null) {
            within("cpu", requests.cpu(), limits.cpu());
            within("memory", requests.memory(), limits.memory());
        }
    }

    private void within(String what, @Nullable String request, @Nullable String limit) {
        if (request != null && limit != null && Quantity.exceeds(request, limit)) {
            findings.error(
                    "runtime.resources.requests." + what,
                    request,
                    "at most the limit of " + limit,
                    "resources.above_limit");
        }
    }

    private void once(Set<String> seen, @Nullable String value, String field) {
        if (value != null && !seen.add(value)) {
            findings.error(field, value, "a value that stands here once", "duplicate");
        }
    }

    private static String oneOf(String what, Collection<String> known) {
        return known.isEmpty()
                ? what + ", of which there is none"
                : "%s: %s".formatted(what, known.stream().sorted().limit(20).collect(Collectors.joining(", ")));
    }
}
