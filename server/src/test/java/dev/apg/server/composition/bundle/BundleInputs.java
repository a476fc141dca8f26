package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.LockDocument.Reason;
import dev.apg.contract.composition.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Builds bundle inputs for tests: versions in start order, each written as its runtime in YAML. */
final class BundleInputs {
    static final Instant FROZEN_AT = Instant.parse("2026-03-04T05:06:07.123456Z");

    private final List<LockEntry> lockEntries = new ArrayList<>();
    private final List<LockBinding> bindings = new ArrayList<>();
    private final List<BundleInput.Entry> entries = new ArrayList<>();
    private final List<List<String>> cycles = new ArrayList<>();
    private String composition = "shop";
    private String displayName = "Shop";
    private String message = "A freeze.";

    static BundleInputs aBundle() {
        return new BundleInputs();
    }

    BundleInputs of(String composition, String displayName, String message) {
        this.composition = composition;
        this.displayName = displayName;
        this.message = message;
        return this;
    }

    /** Adds a version whose document is the given YAML below {@code format, capability, version}. */
    BundleInputs version(String code, String version, String yaml) {
        return version(code, version, yaml, Map.of());
    }

    BundleInputs version(String code, String version, String yaml, Map<String, Object> configuration) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", "apg.version/1");
        document.put("capability", code);
        document.put("version", version);
        document.putAll(yaml(yaml));
        return version(WireJson.MAPPER.convertValue(document, VersionDocument.class), configuration);
    }

    BundleInputs version(VersionDocument document, Map<String, Object> configuration) {
        String code = document.capability().toLowerCase(java.util.Locale.ROOT);
        entries.add(new BundleInput.Entry(document, configuration));
        lockEntries.add(new LockEntry(
                code,
                document.version(),
                Digest.of(code + "@" + document.version()).toString(),
                List.of(Reason.root(code))));
        return this;
    }

    /** A version that only runs an image. */
    BundleInputs image(String code, String image) {
        return version(code, "1.0.0", "runtime: {image: '%s', user: 1000}".formatted(image));
    }

    BundleInputs binding(String consumer, String requirement, String provider, String service, String port) {
        bindings.add(new LockBinding(consumer, requirement, provider, service, port));
        return this;
    }

    BundleInputs binding(String consumer, String requirement, String provider) {
        return binding(consumer, requirement, provider, null, null);
    }

    BundleInputs cycle(String... codes) {
        cycles.add(List.of(codes));
        return this;
    }

    LockDocument lock() {
        return new LockDocument(LockDocument.FORMAT, composition, lockEntries, bindings, Policy.DEFAULT);
    }

    List<BundleInput.Entry> entries() {
        return List.copyOf(entries);
    }

    BundleInput input() {
        byte[] lockBytes = WireJson.MAPPER.writeValueAsBytes(lock());
        return new BundleInput(
                composition,
                displayName,
                3,
                FROZEN_AT,
                message,
                lock(),
                lockBytes,
                Digest.of(lockBytes).toString(),
                entries,
                cycles);
    }

    Bundle render() {
        return BundleRenderer.render(input());
    }

    BundleReport check() {
        return BundleRenderer.check(lock(), entries);
    }

    /** A file of a rendered bundle as text. */
    static String text(Bundle bundle, String path) {
        byte[] content = bundle.files().get(path);
        if (content == null) {
            throw new AssertionError(path + " is not in " + bundle.files().keySet());
        }
        return new String(content, UTF_8);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> yaml(String text) {
        return (Map<String, Object>)
                new Load(LoadSettings.builder().build()).loadFromString(text.isBlank() ? "{}" : text);
    }

    /** Every document of every Kubernetes file of a bundle, without the kustomization. */
    static List<Map<String, Object>> kubernetesObjects(Bundle bundle) {
        List<Map<String, Object>> objects = new ArrayList<>();
        bundle.files().keySet().stream()
                .filter(path -> path.startsWith("kubernetes/") && !path.endsWith("kustomization.yaml"))
                .forEach(path -> objects.addAll(documents(text(bundle, path))));
        return objects;
    }

    /** The documents of a YAML text. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> documents(String text) {
        List<Map<String, Object>> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(text)
                .forEach(document -> documents.add((Map<String, Object>) document));
        return documents;
    }

    /** Unpacks a bundle. */
    static void write(Bundle bundle, Path folder) throws IOException {
        for (var file : bundle.files().entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
    }
}
