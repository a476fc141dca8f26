package dev.apg.server.capability.document;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.CanonicalJson;
import dev.apg.contract.capability.ContractDocument;
import dev.apg.contract.capability.PortProtocol;
import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.RuntimeDescriptor;
import dev.apg.contract.capability.RuntimeDescriptor.EnvironmentVariable;
import dev.apg.contract.capability.RuntimeDescriptor.HealthCheck;
import dev.apg.contract.capability.RuntimeDescriptor.Port;
import dev.apg.contract.capability.RuntimeDescriptor.Quantities;
import dev.apg.contract.capability.RuntimeDescriptor.Resources;
import dev.apg.contract.capability.RuntimeDescriptor.Volume;
import dev.apg.contract.capability.Strength;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.VolumeKind;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bytes that a version's digest is taken of: without {@code about} and defaults, then RFC 8785. Written field by
 * field, so that a field which the records gain one day cannot change an old document's digest by accident.
 */
final class CanonicalForm {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Default of a provider's address; see docs/formats.md. */
    private static final String DEFAULT_TEMPLATE = "{host}:{port}";

    private CanonicalForm() {}

    /** The canonical bytes of a document in {@link NormalForm} that has no errors. */
    static byte[] bytes(VersionDocument document, String number) {
        ObjectNode tree = NODES.objectNode();
        tree.put("format", VersionDocument.FORMAT);
        tree.put("capability", document.capability());
        tree.put("version", number);
        list(tree, "provides", document.provides(), (node, provision) -> {
            node.put("service", provision.service());
            node.put("version", provision.version());
        });
        list(tree, "requirements", document.requirements(), CanonicalForm::requirement);
        list(tree, "conflicts", document.conflicts(), CanonicalForm::target);
        list(tree, "contracts", document.contracts(), CanonicalForm::contract);
        if (document.configurationSchema() != null) {
            tree.set("configuration_schema", WireJson.MAPPER.valueToTree(document.configurationSchema()));
        }
        unless(tree, "cost", document.cost(), 0);
        if (document.runtime() != null) {
            tree.set("runtime", runtime(document.runtime()));
        }
        return CanonicalJson.bytes(tree);
    }

    /** Any JSON value as canonical text. */
    static String text(Object value) {
        return CanonicalJson.text(WireJson.MAPPER.valueToTree(value));
    }

    private static void requirement(ObjectNode node, Requirement requirement) {
        unless(node, "name", requirement.name(), NormalForm.defaultName(requirement.targets()));
        if (requirement.strength() != null && requirement.strength() != Strength.REQUIRED) {
            node.put("strength", requirement.strength().wire());
        }
        list(node, "any_of", requirement.targets(), CanonicalForm::target);
    }

    private static void target(ObjectNode node, Target target) {
        unless(node, "capability", target.capability(), null);
        unless(node, "service", target.service(), null);
        unless(node, "range", target.range(), "*");
    }

    private static void contract(ObjectNode node, ContractDocument contract) {
        node.put("name", contract.name());
        node.put("type", contract.type().wire());
        node.put("document", (String) contract.document());
    }

    private static ObjectNode runtime(RuntimeDescriptor runtime) {
        ObjectNode node = NODES.objectNode();
        node.put("image", runtime.image());
        texts(node, "command", runtime.command());
        texts(node, "args", runtime.args());
        if (runtime.user() != null) {
            node.put("user", runtime.user());
        }
        if (runtime.readOnlyRoot()) {
            node.put("read_only_root", true);
        }
        list(node, "ports", runtime.ports(), CanonicalForm::port);
        list(node, "environment", runtime.environment(), CanonicalForm::variable);
        list(node, "volumes", runtime.volumes(), CanonicalForm::volume);
        if (runtime.health() != null) {
            node.set("health", health(runtime.health()));
        }
        if (runtime.resources() != null) {
            resources(node, runtime.resources());
        }
        unless(node, "replicas", runtime.replicas(), 1);
        return node;
    }

    private static void port(ObjectNode node, Port port) {
        node.put("name", port.name());
        node.put("port", port.port());
        if (port.protocol() != null && port.protocol() != PortProtocol.TCP) {
            node.put("protocol", port.protocol().wire());
        }
        unless(node, "service", port.service(), null);
        if (port.exposed()) {
            node.put("exposed", true);
        }
    }

    private static void variable(ObjectNode node, EnvironmentVariable variable) {
        node.put("name", variable.name());
        unless(node, "value", variable.value(), null);
        unless(node, "configuration", variable.configuration(), null);
        if (variable.provider() != null) {
            ObjectNode provider = node.putObject("provider");
            provider.put("requirement", variable.provider().requirement());
            unless(provider, "port", variable.provider().port(), null);
            unless(provider, "template", variable.provider().template(), DEFAULT_TEMPLATE);
        }
        if (variable.secret() != null) {
            ObjectNode secret = node.putObject("secret");
            secret.put("name", variable.secret().name());
            secret.put("key", variable.secret().key());
            if (variable.secret().description() != null) {
                secret.put("description", variable.secret().description());
            }
        }
    }

    private static void volume(ObjectNode node, Volume volume) {
        node.put("name", volume.name());
        node.put("path", volume.path());
        if (volume.kind() != null && volume.kind() != VolumeKind.EPHEMERAL) {
            node.put("kind", volume.kind().wire());
        }
        unless(node, "size", volume.size(), null);
    }

    private static ObjectNode health(HealthCheck health) {
        ObjectNode node = NODES.objectNode();
        node.put("kind", health.kind().wire());
        unless(node, "port", health.port(), null);
        unless(node, "path", health.path(), null);
        texts(node, "command", health.command() == null ? List.of() : health.command());
        unless(node, "initial_delay_seconds", health.initialDelaySeconds(), 0);
        unless(node, "period_seconds", health.periodSeconds(), 10);
        unless(node, "timeout_seconds", health.timeoutSeconds(), 1);
        unless(node, "failure_threshold", health.failureThreshold(), 3);
        return node;
    }

    private static void resources(ObjectNode runtime, Resources resources) {
        ObjectNode node = NODES.objectNode();
        quantities(node, "requests", resources.requests());
        quantities(node, "limits", resources.limits());
        if (!node.isEmpty()) {
            runtime.set("resources", node);
        }
    }

    private static void quantities(ObjectNode resources, String name, @Nullable Quantities quantities) {
        if (quantities != null && (quantities.cpu() != null || quantities.memory() != null)) {
            ObjectNode node = resources.putObject(name);
            unless(node, "cpu", quantities.cpu(), null);
            unless(node, "memory", quantities.memory(), null);
        }
    }

    private static void unless(ObjectNode node, String name, @Nullable String value, @Nullable String absent) {
        if (value != null && !Objects.equals(value, absent)) {
            node.put(name, value);
        }
    }

    private static void unless(ObjectNode node, String name, @Nullable Integer value, int absent) {
        if (value != null && value != absent) {
            node.put(name, value);
        }
    }

    private static void unless(ObjectNode node, String name, long value, long absent) {
        if (value != absent) {
            node.put(name, value);
        }
    }

    private static void texts(ObjectNode node, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = node.putArray(name);
            texts.forEach(array::add);
        }
    }

    private static <T> void list(ObjectNode node, String name, List<T> items, BiConsumer<ObjectNode, T> write) {
        if (!items.isEmpty()) {
            ArrayNode array = node.putArray(name);
            items.forEach(item -> write.accept(array.addObject(), item));
        }
    }
}
