package dev.apg.cli.output;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a bundle to disk. The archive is not trusted: it may only hold plain files with names that stay inside the
 * directory, and nothing is written through a link or over other content.
 */
public final class BundleFiles {
    private BundleFiles() {}

    /**
     * Writes the archive as it is.
     *
     * @throws CommandFailure if other content is there and may not be replaced
     */
    public static void save(byte[] tar, Path file, boolean force) {
        writeAll(Map.of(file, tar), force);
    }

    /**
     * What became of a directory.
     *
     * @param files how many files the bundle has
     * @param removed files of a former bundle that this one does not have
     * @param kept such files that were changed since
     * @param unremovable such files that could not be removed; they stay noted, so that the next time tries again
     */
    public record Extracted(int files, List<String> removed, List<String> kept, List<String> unremovable) {
        public Extracted {
            removed = List.copyOf(removed);
            kept = List.copyOf(kept);
            unremovable = List.copyOf(unremovable);
        }

        /** Where nothing was to be removed. */
        public static Extracted only(int files) {
            return new Extracted(files, List.of(), List.of(), List.of());
        }
    }

    /**
     * Writes the files of the archive into a directory; files that are there with the same content stay as they are. With
     * {@code force} the files that a former bundle wrote there, that nobody changed since and that this one does not have
     * are removed: whoever applies the directory would go on running what they describe.
     *
     * @throws CommandFailure if the archive is not a bundle, or if other content is there and may not be replaced; nothing
     *     is written then
     */
    public static Extracted extract(byte[] tar, Path directory, boolean force) {
        Map<String, byte[]> entries = read(tar);
        if (entries.keySet().stream().anyMatch(name -> name.split("/", 2)[0].equals(BundleRecord.NAME))) {
            throw refuse(BundleRecord.NAME, "not this name, under which the files of bundles are noted");
        }
        Map<Path, byte[]> files = new LinkedHashMap<>();
        entries.forEach((name, content) -> {
            requireNoFileAbove(name, entries);
            files.put(inside(directory, name), content);
        });
        BundleRecord written = BundleRecord.of(entries);
        Path record = inside(directory, BundleRecord.NAME);
        Optional<BundleRecord> noted = BundleRecord.in(directory);
        if (noted.isEmpty()) {
            files.put(record, written.json());
            writeAll(files, force);
            return Extracted.only(entries.size());
        }
        BundleRecord former = noted.get();
        writeAll(files, force);
        if (!force) {
            writeAll(Map.of(record, written.and(former).json()), true);
            return Extracted.only(entries.size());
        }
        BundleLeftovers leftovers = BundleLeftovers.remove(former, entries.keySet(), directory);
        BundleRecord left = former.only(leftovers.unremovable());
        writeAll(Map.of(record, written.and(left).json()), true);
        return new Extracted(entries.size(), leftovers.removed(), leftovers.kept(), leftovers.unremovable());
    }

    private static Map<String, byte[]> read(byte[] tar) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (var archive = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                if (entry.getLinkFlag() != TarConstants.LF_NORMAL && entry.getLinkFlag() != TarConstants.LF_OLDNORM) {
                    throw refuse(entry.getName(), "plain files only");
                }
                if (files.put(entry.getName(), archive.readAllBytes()) != null) {
                    throw refuse(entry.getName(), "each name once");
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The bundle is not a tar archive: " + e.getMessage());
        }
        return files;
    }

    /** Refuses {@code a/b} where {@code a} is a file. */
    private static void requireNoFileAbove(String name, Map<String, byte[]> entries) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            if (entries.containsKey(name.substring(0, slash))) {
                throw refuse(name, "no file where a directory has to be");
            }
        }
    }

    /** Where a file of a bundle goes; refuses a name that could lead elsewhere. */
    static Path inside(Path directory, String name) {
        Path root = directory.toAbsolutePath().normalize();
        boolean plain = !name.isEmpty() && !name.startsWith("/") && !name.contains("\\") && name.indexOf('\0') < 0;
        if (!plain || Arrays.asList(name.split("/", -1)).stream().anyMatch(List.of("", ".", "..")::contains)) {
            throw refuse(name, "names inside the directory");
        }
        if (!name.equals(Table.clean(name)) || name.contains("\n")) {
            throw refuse(name, "names without control characters");
        }
        Path file = root.resolve(name);
        for (Path parent = file.getParent(); parent != null && !parent.equals(root); parent = parent.getParent()) {
            if (Files.isSymbolicLink(parent)) {
                throw refuse(name, "a way there without links, but %s is one".formatted(parent));
            }
        }
        return file;
    }

    private static CommandFailure refuse(String name, String expected) {
        return new CommandFailure(
                ExitCode.FAILED,
                "The bundle holds %s (expected: %s). Nothing was written.".formatted(Table.clean(name), expected));
    }

    private static void writeAll(Map<Path, byte[]> files, boolean force) {
        try {
            var missing = new ArrayList<Map.Entry<Path, byte[]>>();
            for (Map.Entry<Path, byte[]> file : files.entrySet()) {
                requireDirectoryAbove(file.getKey());
                if (!Files.exists(file.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                    missing.add(file);
                } else if (!Files.isRegularFile(file.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                    throw other(file.getKey(), "move it away");
                } else if (!Arrays.equals(Files.readAllBytes(file.getKey()), file.getValue())) {
                    if (!force) {
                        throw other(file.getKey(), "take another place, or --force");
                    }
                    missing.add(file);
                }
            }
            for (Map.Entry<Path, byte[]> file : missing) {
                Files.createDirectories(file.getKey().toAbsolutePath().getParent());
                Files.write(file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The bundle cannot be written: " + FileFailures.words(e));
        }
    }

    private static void requireDirectoryAbove(Path file) {
        Path above = file.toAbsolutePath().getParent();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        if (above != null && !Files.isDirectory(above)) {
            throw new CommandFailure(
                    ExitCode.CONFLICT,
                    "%s is there already and is not a directory. Nothing was written.".formatted(above));
        }
    }

    private static CommandFailure other(Path file, String advice) {
        return new CommandFailure(
                ExitCode.CONFLICT,
                "%s is there already with other content: %s. Nothing was written.".formatted(file, advice));
    }
}
