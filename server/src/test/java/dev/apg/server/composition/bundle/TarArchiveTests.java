package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.testing.Commands;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarArchiveTests {
    private final Bundle bundle = SampleShop.shop().render();

    @Test
    void another_reader_finds_the_same_files_in_sorted_order_with_fixed_owner_mode_and_time() throws IOException {
        Map<String, String> read = new LinkedHashMap<>();
        List<TarArchiveEntry> headers = new ArrayList<>();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(bundle.tar()))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entry.isCheckSumOK()).isTrue();
                headers.add(entry);
                read.put(entry.getName(), new String(tar.readAllBytes(), UTF_8));
            }
        }

        Map<String, String> expected = new LinkedHashMap<>();
        bundle.files().forEach((path, content) -> expected.put(path, new String(content, UTF_8)));
        assertThat(read).containsExactlyEntriesOf(expected);
        assertThat(List.copyOf(read.keySet())).isSorted();
        assertThat(headers).allSatisfy(header -> {
            assertThat(header.isFile()).isTrue();
            assertThat(header.getLongUserId()).isZero();
            assertThat(header.getLongGroupId()).isZero();
            assertThat(header.getMode() & 0777).isEqualTo(0644);
            assertThat(header.getLastModifiedTime().toInstant()).isEqualTo("2026-03-04T05:06:07Z");
        });
    }

    @Test
    void the_tar_command_unpacks_it(@TempDir Path folder) throws Exception {
        Path archive = folder.resolve("bundle.tar");
        Files.write(archive, bundle.tar());
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));

        Commands.run(folder, "tar", "-xf", archive.toString(), "-C", unpacked.toString())
                .expectSuccess();

        for (var file : bundle.files().entrySet()) {
            assertThat(Files.readAllBytes(unpacked.resolve(file.getKey()))).isEqualTo(file.getValue());
        }
    }

    @Test
    void the_digest_is_that_of_the_archive() {
        assertThat(bundle.digest()).isEqualTo(Digest.of(bundle.tar()).toString());
        assertThat(bundle.tar().length % 512).isZero();
    }
}
