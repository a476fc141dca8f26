package dev.apg.server.composition.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.RuntimeDescriptor.Port;
import dev.apg.contract.capability.Strength;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.server.testing.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sample applications' real descriptors: every version once, one of every capability beside each other, each
 * requirement bound to its first provider. What they resolve to is judged elsewhere; here all of it must be renderable.
 */
class SampleBundlesTests {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"online-boutique", "opentelemetry-demo"})
    void every_descriptor_of_a_sample_becomes_files_that_kubernetes_and_compose_read(String sample) throws IOException {
        SortedMap<String, List<VersionDocument>> versions = versions(sample);
        int most = versions.values().stream().mapToInt(List::size).max().orElseThrow();
        assertThat(versions).hasSizeGreaterThan(10);
        for (int i = 0; i < most; i++) {
            BundleInputs inputs = inputs(sample, versions, i);

            assertThat(inputs.check().problems()).isEmpty();
            Bundle bundle = inputs.render();
            assertThat(KubernetesObjects.of(bundle).identities()).doesNotHaveDuplicates();
            assertThat(ComposeFileTests.errors(bundle)).isEmpty();
            if (i == 0 && Commands.present("kubectl")) {
                BundleInputs.write(bundle, folder);
                Commands.run(folder, "kubectl", "kustomize", "kubernetes").expectSuccess();
            }
        }
    }

    private static SortedMap<String, List<VersionDocument>> versions(String sample) throws IOException {
        SortedMap<String, List<VersionDocument>> versions = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("../samples", sample))) {
            files.filter(file -> file.toString().endsWith(".capability.yaml"))
                    .sorted()
                    .map(SampleBundlesTests::read)
                    .forEach(document -> versions.computeIfAbsent(document.capability(), code -> new ArrayList<>())
                            .add(document));
        }
        return versions;
    }

    /** The version at a position of every capability; the last one of those that have fewer. */
    private static BundleInputs inputs(String sample, SortedMap<String, List<VersionDocument>> versions, int position) {
        Map<String, VersionDocument> chosen = new TreeMap<>();
        versions.forEach((code, documents) ->
                chosen.put(code, documents.get(Math.min(position, documents.size() - 1))));
        BundleInputs inputs = BundleInputs.aBundle().of(sample, sample, "Everything at once.");
        chosen.values().forEach(document -> inputs.version(document, Map.of()));
        for (VersionDocument consumer : chosen.values()) {
            consumer.requirements().stream()
                    .filter(requirement -> requirement.strength() != Strength.ENHANCING)
                    .forEach(requirement -> bind(inputs, chosen, consumer, requirement));
        }
        return inputs;
    }

    private static void bind(
            BundleInputs inputs,
            Map<String, VersionDocument> chosen,
            VersionDocument consumer,
            Requirement requirement) {
        List<Target> targets = requirement.targets();
        String first = targets.getFirst().capability() == null
                ? targets.getFirst().service()
                : targets.getFirst().capability();
        String name = requirement.name() == null ? first : requirement.name();
        for (Target target : targets) {
            for (VersionDocument provider : chosen.values()) {
                boolean provides = provider.capability().equals(target.capability())
                        || provider.provides().stream()
                                .anyMatch(provision -> provision.service().equals(target.service()));
                if (provides && provider != consumer) {
                    inputs.binding(
                            consumer.capability(),
                            name,
                            provider.capability(),
                            target.service(),
                            speaking(provider, target.service()));
                    return;
                }
            }
        }
    }

    private static String speaking(VersionDocument provider, String service) {
        List<Port> ports = provider.runtime() == null
                ? new ArrayList<>()
                : provider.runtime().ports();
        return ports.stream()
                .filter(port -> service != null && service.equals(port.service()))
                .map(Port::name)
                .findFirst()
                .orElse(null);
    }

    private static VersionDocument read(Path file) {
        try {
            return WireJson.MAPPER.convertValue(BundleInputs.yaml(Files.readString(file)), VersionDocument.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
