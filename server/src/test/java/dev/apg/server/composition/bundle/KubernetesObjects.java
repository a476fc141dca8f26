package dev.apg.server.composition.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Kubernetes files of a bundle, read strictly: what the models do not know is an error. */
record KubernetesObjects(List<HasMetadata> objects) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/ServiceAccount", ServiceAccount.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/Service", Service.class,
            "apps/v1/Deployment", Deployment.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class);

    static KubernetesObjects of(Bundle bundle) {
        return new KubernetesObjects(BundleInputs.kubernetesObjects(bundle).stream()
                .map(KubernetesObjects::read)
                .toList());
    }

    private static HasMetadata read(Map<String, Object> document) {
        String kind = document.get("apiVersion") + "/" + document.get("kind");
        Class<? extends HasMetadata> type = Optional.<Class<? extends HasMetadata>>ofNullable(KINDS.get(kind))
                .orElseThrow(() -> new AssertionError("unexpected kind " + kind));
        JsonNode written = MAPPER.valueToTree(document);
        HasMetadata object;
        try {
            object = MAPPER.treeToValue(written, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(kind, e);
        }
        rejectUnknown(object, kind);
        return object;
    }

    /** The models keep fields that they do not know in {@code additionalProperties}; look for any, however deep. */
    private static void rejectUnknown(Object value, String path) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map -> map.forEach((key, item) -> rejectUnknown(item, path + "." + key));
            case List<?> list -> list.forEach(item -> rejectUnknown(item, path + "[]"));
            default -> {
                if (value.getClass().getPackageName().startsWith("io.fabric8.kubernetes.api.model")) {
                    rejectUnknownFields(value, path);
                }
            }
        }
    }

    private static void rejectUnknownFields(Object model, String path) {
        for (var method : model.getClass().getMethods()) {
            boolean getter = method.getName().startsWith("get")
                    && method.getParameterCount() == 0
                    && method.getDeclaringClass() != Object.class;
            if (!getter) {
                continue;
            }
            try {
                Object value = method.invoke(model);
                if (method.getName().equals("getAdditionalProperties") && !((Map<?, ?>) value).isEmpty()) {
                    throw new AssertionError("unknown fields at " + path + ": " + value);
                }
                rejectUnknown(value, path + "." + method.getName().substring(3));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(path, e);
            }
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T one(Class<T> type, String name) {
        return all(type).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .reduce((first, second) -> {
                    throw new AssertionError("two of " + name);
                })
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    Map<String, PodTemplateSpec> pods() {
        Map<String, PodTemplateSpec> pods = new java.util.TreeMap<>();
        all(Deployment.class)
                .forEach(object -> pods.put(
                        object.getMetadata().getName(), object.getSpec().getTemplate()));
        all(StatefulSet.class)
                .forEach(object -> pods.put(
                        object.getMetadata().getName(), object.getSpec().getTemplate()));
        return pods;
    }

    /** Names by kind, to find objects that would overwrite each other. */
    List<String> identities() {
        List<String> identities = new ArrayList<>();
        objects.forEach(object ->
                identities.add(object.getKind() + "/" + object.getMetadata().getName()));
        return identities;
    }

    /** What a container sees of a variable that is given directly, after Kubernetes has expanded it. */
    static String expanded(String value) {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == '$' && i + 1 < value.length()) {
                char next = value.charAt(i + 1);
                if (next == '$') {
                    i++;
                } else if (next == '(' && value.indexOf(')', i) > 0) {
                    throw new AssertionError("refers to a variable: " + value);
                }
            }
            seen.append(character);
        }
        return seen.toString();
    }

    static Stream<String> expanded(List<String> values) {
        return values.stream().map(KubernetesObjects::expanded);
    }
}
