package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The bundle of a small shop, byte for byte. After a deliberate change, run with {@code -Dapg.golden=write} and read the
 * difference like source.
 */
class GoldenBundleTests {
    private static final Path GOLDEN = Path.of("src/test/resources/bundle/online-shop");

    @Test
    void a_composition_renders_to_exactly_the_files_that_are_checked_in() throws IOException {
        Bundle bundle = SampleShop.shop().render();
        if ("write".equals(System.getProperty("apg.golden"))) {
            write(bundle);
        }

        assertThat(asText(bundle.files())).isEqualTo(asText(checkedIn()));
    }

    private static SortedMap<String, byte[]> checkedIn() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(GOLDEN)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(GOLDEN.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private static SortedMap<String, String> asText(SortedMap<String, byte[]> files) {
        SortedMap<String, String> texts = new TreeMap<>();
        files.forEach((path, content) -> texts.put(path, new String(content, UTF_8)));
        return texts;
    }

    private static void write(Bundle bundle) throws IOException {
        try (Stream<Path> paths = Files.walk(GOLDEN)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Files.delete(path);
            }
        }
        bundle.files().forEach((path, content) -> {
            try {
                Files.createDirectories(GOLDEN.resolve(path).getParent());
                Files.write(GOLDEN.resolve(path), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
