package dev.apg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleFilesTests {
    @TempDir
    Path directory;

    @Test
    void files_are_written_and_the_same_again_is_fine() throws IOException {
        byte[] tar = tar("README.md", "kubernetes/workloads/cart.yaml");

        assertThat(BundleFiles.extract(tar, directory.resolve("out"), false).files())
                .isEqualTo(2);
        assertThat(BundleFiles.extract(tar, directory.resolve("out"), false).files())
                .isEqualTo(2);

        assertThat(directory.resolve("out/kubernetes/workloads/cart.yaml")).hasContent("content");
    }

    @Test
    void other_content_is_only_replaced_when_told_to() throws IOException {
        Files.writeString(directory.resolve("README.md"), "mine");
        byte[] tar = tar("LICENSE", "README.md");

        assertThatThrownBy(() -> BundleFiles.extract(tar, directory, false))
                .hasMessageContaining("README.md is there already with other content")
                .extracting(failure -> ((CommandFailure) failure).exitCode())
                .isEqualTo(ExitCode.CONFLICT);
        assertThat(directory.resolve("LICENSE")).doesNotExist();

        BundleFiles.extract(tar, directory, true);
        assertThat(directory.resolve("README.md")).hasContent("content");
    }

    @Test
    void what_a_former_bundle_left_is_removed_when_told_to_unless_it_was_changed() throws IOException {
        BundleFiles.extract(tar("README.md", "run/a/a.yaml", "run/b.yaml", "run/c.yaml"), directory, false);
        Files.writeString(directory.resolve("run/c.yaml"), "mine");
        Files.writeString(directory.resolve("run/d.yaml"), "content");
        Files.delete(directory.resolve("run/b.yaml"));

        BundleFiles.Extracted same = BundleFiles.extract(tar("README.md"), directory, false);
        assertThat(same.removed()).isEmpty();
        assertThat(directory.resolve("run/a/a.yaml")).exists();

        BundleFiles.Extracted next = BundleFiles.extract(tar("README.md", "LICENSE"), directory, true);
        assertThat(next)
                .isEqualTo(new BundleFiles.Extracted(2, List.of("run/a/a.yaml"), List.of("run/c.yaml"), List.of()));
        assertThat(directory.resolve("run/a")).doesNotExist();
        assertThat(directory.resolve("run/c.yaml")).hasContent("mine");
        assertThat(directory.resolve("run/d.yaml")).hasContent("content");

        // What somebody changed is theirs from now on.
        assertThat(BundleFiles.extract(tar("README.md"), directory, true).removed())
                .containsExactly("LICENSE");
        assertThat(directory.resolve("run/c.yaml")).hasContent("mine");
    }

    /** There nobody can remove a file, root included. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void what_cannot_be_removed_is_told_apart_from_what_was_changed_and_stays_noted() throws IOException {
        Path unchangeable = Path.of("/proc");
        BundleRecord former = BundleRecord.of(Map.of(
                "version", Files.readAllBytes(unchangeable.resolve("version")),
                "filesystems", "other content".getBytes(StandardCharsets.UTF_8),
                "no-such-file", new byte[0]));

        BundleLeftovers left = BundleLeftovers.remove(former, Set.of(), unchangeable);

        assertThat(left).isEqualTo(new BundleLeftovers(List.of(), List.of("filesystems"), List.of("version")));
        BundleRecord next = BundleRecord.of(Map.of("README.md", new byte[0])).and(former.only(left.unremovable()));
        assertThat(next.files()).containsOnlyKeys("README.md", "version");
        assertThat(next.files()).containsEntry("version", former.files().get("version"));
    }

    @Test
    void nothing_outside_the_directory_is_removed_whatever_it_says_that_a_bundle_wrote() throws IOException {
        Path out = Files.createDirectory(directory.resolve("out"));
        Files.writeString(directory.resolve("other"), "content");
        Files.createSymbolicLink(out.resolve("link"), directory);
        BundleFiles.extract(tar("one"), out, false);
        Path record = out.resolve(".apg-bundle.json");
        Files.writeString(
                record,
                Files.readString(record)
                        .replaceFirst(
                                "\"one\" : (\\S+)", "\"one\": $1, \"../other\": $1, \"link/other\": $1, \"link\": $1"));

        assertThat(BundleFiles.extract(tar("two"), out, true).removed()).containsExactly("one");
        assertThat(directory.resolve("other")).hasContent("content");
        assertThat(out.resolve("link")).isSymbolicLink();
    }

    @Test
    void notes_of_somebody_else_are_not_believed_and_only_replaced_when_told_to() throws IOException {
        Files.writeString(directory.resolve(".apg-bundle.json"), "{\"format\": \"mine\", \"files\": {}}");

        assertThatThrownBy(() -> BundleFiles.extract(tar("one"), directory, false))
                .hasMessageContaining(".apg-bundle.json is there already with other content");
        assertThat(directory.resolve("one")).doesNotExist();
        assertThat(BundleFiles.extract(tar("one"), directory, true).removed()).isEmpty();
        assertThatThrownBy(() -> BundleFiles.extract(tar(".apg-bundle.json"), directory, true))
                .isInstanceOf(CommandFailure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../outside", "a/../../outside", "/outside", "a//b", "./a", "a/.", "..", "a\\..\\b", "x/../y"})
    void a_name_that_leads_elsewhere_is_refused_and_nothing_is_written(String name) throws IOException {
        Path out = Files.createDirectory(directory.resolve("out"));

        assertThatThrownBy(() -> BundleFiles.extract(tar("first", name), out, true))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("expected: names inside the directory");
        assertThat(written()).containsExactly(out);
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO, TarConstants.LF_CHR})
    void what_is_not_a_plain_file_is_refused(byte kind) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry("innocent", kind);
            entry.setLinkName("/etc/passwd");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> BundleFiles.extract(bytes.toByteArray(), directory, true))
                .hasMessageContaining("expected: plain files only");
        assertThat(written()).isEmpty();
    }

    @Test
    void a_name_that_could_rewrite_a_terminal_is_refused() throws IOException {
        for (String name : List.of("a\u001b[31m", "a\nb", "a\u202eb")) {
            assertThatThrownBy(() -> BundleFiles.extract(tar("first", name), directory, true))
                    .hasMessageContaining("expected: names without control characters")
                    .hasMessageNotContaining("\u001b");
        }
        assertThat(written()).isEmpty();
    }

    @Test
    void a_file_that_would_have_to_be_a_directory_is_refused_before_anything_is_written() throws IOException {
        for (byte[] tar : List.of(tar("a", "a/b"), tar("a/b/c", "a/b"), tar("a/b", "a"))) {
            assertThatThrownBy(() -> BundleFiles.extract(tar, directory, true))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("expected: no file where a directory has to be");
        }
        assertThat(written()).isEmpty();

        Files.writeString(directory.resolve("taken"), "mine");
        assertThatThrownBy(() -> BundleFiles.extract(tar("first", "taken/b"), directory, true))
                .hasMessageContaining("is there already and is not a directory. Nothing was written.");
        assertThat(written()).containsExactly(directory.resolve("taken"));
    }

    @Test
    void nothing_is_written_through_a_link_that_is_there() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path out = Files.createDirectory(directory.resolve("out"));
        Files.createSymbolicLink(out.resolve("kubernetes"), elsewhere);
        Files.createSymbolicLink(out.resolve("README.md"), elsewhere.resolve("readme"));

        assertThatThrownBy(() -> BundleFiles.extract(tar("kubernetes/a.yaml"), out, true))
                .hasMessageContaining("without links");
        assertThatThrownBy(() -> BundleFiles.extract(tar("README.md"), out, true))
                .hasMessageContaining("README.md is there already");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void the_same_name_twice_and_no_archive_at_all_are_refused() throws IOException {
        byte[] twice = tar("a", "a");
        byte[] text = "no tar".repeat(200).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> BundleFiles.extract(twice, directory, true)).hasMessageContaining("each name once");
        assertThatThrownBy(() -> BundleFiles.extract(text, directory, true)).isInstanceOf(CommandFailure.class);
        assertThat(written()).isEmpty();
    }

    private List<Path> written() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(path -> !path.equals(directory)).toList();
        }
    }

    private static byte[] tar(String... names) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (String name : names) {
                byte[] content = "content".getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(name, true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
