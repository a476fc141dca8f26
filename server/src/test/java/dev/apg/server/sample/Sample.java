package dev.apg.server.sample;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One directory of {@code samples/}, read as strictly as an import reads it. */
record Sample(String name, List<CapabilityFile> versions, List<CompositionFile> compositions) {
    private static final Path SAMPLES = Path.of("..", "samples");

    record CapabilityFile(Path path, VersionDocument document) {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    record CompositionFile(Path path, DraftDocument document) {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    static List<Sample> all() {
        return Stream.of("online-boutique", "opentelemetry-demo")
                .map(Sample::read)
                .toList();
    }

    private static Sample read(String name) {
        List<CapabilityFile> versions = new ArrayList<>();
        List<CompositionFile> compositions = new ArrayList<>();
        Path directory = SAMPLES.resolve(name);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path path = directory.relativize(file);
                if (file.toString().endsWith(".capability.yaml")) {
                    versions.add(new CapabilityFile(path, parse(file, VersionDocument.class)));
                } else if (file.toString().endsWith(".yaml")) {
                    compositions.add(new CompositionFile(path, parse(file, DraftDocument.class)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Sample(name, List.copyOf(versions), List.copyOf(compositions));
    }

    private static <T> T parse(Path file, Class<T> type) throws IOException {
        var settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(false)
                .build();
        Object tree = new Load(settings).loadFromString(Files.readString(file));
        try {
            return WireJson.MAPPER.convertValue(tree, type);
        } catch (RuntimeException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    /** The file of a composition, as it lies there. */
    String text(String composition) {
        try {
            return Files.readString(SAMPLES.resolve(name).resolve(composition));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All versions as one import: the files as they lie there, one document after the other. */
    String batch() {
        return versions.stream().map(file -> text(file.path().toString())).collect(Collectors.joining("\n---\n"));
    }

    /** Every version of this sample that meets the target. */
    List<VersionDocument> providers(Target target) {
        return versions.stream()
                .map(CapabilityFile::document)
                .filter(version -> meets(version, target))
                .toList();
    }

    private static boolean meets(VersionDocument version, Target target) {
        if (target.capability() != null) {
            return version.capability().equals(target.capability()) && admits(target, version.version());
        }
        return version.provides().stream()
                .filter(provision -> provision.service().equals(target.service()))
                .map(Provision::version)
                .anyMatch(number -> admits(target, number));
    }

    private static boolean admits(Target target, String number) {
        return VersionRange.parse(Objects.requireNonNullElse(target.range(), "*"))
                .admits(SemVer.parse(number), PrereleaseRule.NPM);
    }

    @Override
    public String toString() {
        return name;
    }
}
