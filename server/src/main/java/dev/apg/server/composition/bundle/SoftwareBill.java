package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.LockDocument.Reason;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes {@code sbom.cdx.json}: CycloneDX 1.6, a component for each entry of the lock, dependencies from its bindings.
 * Written without CycloneDX's library, whose upgrades may order or spell things in another way; a test checks the result
 * against the schema in that library.
 */
final class SoftwareBill {
    /** Indents with line feeds on every system, which Jackson's own default does not. */
    private static final ObjectWriter JSON =
            JsonMapper.builder().build().writer().with(prettyPrinter());

    private final BundleInput input;
    private final Map<String, Workload> workloads;
    private final Map<String, LockEntry> entries;

    SoftwareBill(BundleInput input, List<Workload> workloads) {
        this.input = input;
        this.workloads = workloads.stream().collect(Collectors.toMap(Workload::code, workload -> workload));
        this.entries = input.lock().entries().stream()
                .collect(Collectors.toMap(LockEntry::capability, entry -> entry, (first, _) -> first, TreeMap::new));
    }

    byte[] render() {
        String root = "composition:" + input.composition();
        Map<String, Object> bill = new Fields()
                .put("bomFormat", "CycloneDX")
                .put("specVersion", "1.6")
                .put("serialNumber", "urn:uuid:" + serial())
                .put("version", 1)
                .put(
                        "metadata",
                        new Fields()
                                .put(
                                        "timestamp",
                                        DateTimeFormatter.ISO_INSTANT.format(
                                                input.frozenAt().truncatedTo(ChronoUnit.SECONDS)))
                                .put(
                                        "tools",
                                        Fields.of(
                                                "components",
                                                List.of(new Fields()
                                                        .put("type", "application")
                                                        .put("name", "apg")
                                                        .map())))
                                .put(
                                        "component",
                                        new Fields()
                                                .put("type", "application")
                                                .put("bom-ref", root)
                                                .put("name", input.composition())
                                                .put("version", String.valueOf(input.revision()))
                                                .map())
                                .put("properties", List.of(property("apg:lock", input.lockDigest())))
                                .map())
                .putEvenIfEmpty(
                        "components",
                        entries.values().stream().map(this::component).toList())
                .put("dependencies", dependencies(root))
                .map();
        return (JSON.writeValueAsString(bill) + "\n").getBytes(UTF_8);
    }

    /** The lock's digest as a UUID of version 8 (RFC 9562: free to define), so that the same lock has the same serial. */
    private UUID serial() {
        byte[] digest = HexFormat.of().parseHex(input.lockDigest().substring("sha256:".length()));
        long high = 0;
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            high = high << 8 | digest[i] & 0xff;
            low = low << 8 | digest[i + Long.BYTES] & 0xff;
        }
        return new UUID(high & ~0xf000L | 0x8000L, low & ~(3L << 62) | 2L << 62);
    }

    private Map<String, Object> component(LockEntry entry) {
        Workload workload = workloads.get(entry.capability());
        int slash = entry.capability().indexOf('/');
        List<Map<String, Object>> properties = new ArrayList<>();
        properties.add(property("apg:capability", entry.capability()));
        properties.add(property("apg:digest", entry.digest()));
        if (workload != null) {
            properties.add(property("apg:image", workload.image().text()));
            properties.add(
                    property("apg:image:pinned", String.valueOf(workload.image().pinned())));
        }
        return new Fields()
                .put("type", workload == null ? "library" : "container")
                .put("bom-ref", reference(entry))
                .put("group", slash < 0 ? null : entry.capability().substring(0, slash))
                .put("name", entry.capability().substring(slash + 1))
                .put("version", entry.version())
                .put("hashes", workload == null ? null : hashes(workload.image()))
                .put("purl", workload == null ? modulePackage(entry) : imagePackage(workload.image()))
                .put("properties", properties)
                .map();
    }

    private static List<Map<String, Object>> hashes(ImageReference image) {
        String digest = image.digest();
        if (digest == null) {
            return List.of();
        }
        int colon = digest.indexOf(':');
        return List.of(new Fields()
                .put("alg", digest.startsWith("sha512:") ? "SHA-512" : "SHA-256")
                .put("content", digest.substring(colon + 1))
                .map());
    }

    private static String imagePackage(ImageReference image) {
        String digest = image.digest();
        String tag = image.tag();
        return "pkg:oci/" + image.shortName()
                + (digest == null ? "" : "@" + encode(digest))
                + "?repository_url=" + encode(image.fullRepository())
                + (tag == null ? "" : "&tag=" + encode(tag));
    }

    private static String modulePackage(LockEntry entry) {
        return "pkg:generic/" + encode(entry.capability()) + "@" + encode(entry.version());
    }

    /** Codes, versions and image names have two characters that a package URL reserves. */
    private static String encode(String text) {
        return text.replace(":", "%3A").replace("+", "%2B");
    }

    private List<Map<String, Object>> dependencies(String root) {
        Map<String, Set<String>> needs = new TreeMap<>();
        entries.keySet().forEach(code -> needs.put(code, new TreeSet<>()));
        for (LockBinding binding : input.lock().bindings()) {
            Set<String> providers = needs.get(binding.consumer());
            if (providers != null && entries.containsKey(binding.provider())) {
                providers.add(binding.provider());
            }
        }
        List<Map<String, Object>> dependencies = new ArrayList<>();
        dependencies.add(dependency(
                root,
                entries.values().stream()
                        .filter(SoftwareBill::namedByTheComposition)
                        .map(LockEntry::capability)
                        .toList()));
        needs.forEach((code, providers) -> dependencies.add(dependency(reference(entries.get(code)), providers)));
        return dependencies;
    }

    private Map<String, Object> dependency(String reference, Iterable<String> codes) {
        List<String> references = new ArrayList<>();
        codes.forEach(code -> references.add(reference(entries.get(code))));
        return new Fields().put("ref", reference).put("dependsOn", references).map();
    }

    /** The chain of needs of such an entry has one link at most: the root. */
    private static boolean namedByTheComposition(LockEntry entry) {
        List<Reason> reason = entry.reason();
        return reason.isEmpty() || reason.size() == 1 && reason.getFirst().root() != null;
    }

    private static String reference(@Nullable LockEntry entry) {
        return entry == null ? "" : "capability:%s@%s".formatted(entry.capability(), entry.version());
    }

    private static Map<String, Object> property(String name, String value) {
        return new Fields().put("name", name).put("value", value).map();
    }

    private static DefaultPrettyPrinter prettyPrinter() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    }
}
