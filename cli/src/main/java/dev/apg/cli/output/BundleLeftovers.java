package dev.apg.cli.output;

import dev.apg.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a former bundle left in a directory and a new one does not have.
 *
 * @param removed by name
 * @param kept by name: changed since, so somebody's own by now
 * @param unremovable by name: unchanged as far as anybody can tell, but they could not be removed
 */
record BundleLeftovers(List<String> removed, List<String> kept, List<String> unremovable) {
    BundleLeftovers {
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
        unremovable = List.copyOf(unremovable);
    }

    /** Removes what is still as the former bundle made it, and directories that held nothing else. */
    static BundleLeftovers remove(BundleRecord former, Set<String> present, Path directory) {
        var removed = new ArrayList<String>();
        var kept = new ArrayList<String>();
        var unremovable = new ArrayList<String>();
        for (String name : former.files().keySet()) {
            if (!present.contains(name)) {
                switch (remove(former, name, directory)) {
                    case REMOVED -> removed.add(name);
                    case KEPT -> kept.add(name);
                    case UNREMOVABLE -> unremovable.add(name);
                    case ABSENT -> {}
                }
            }
        }
        return new BundleLeftovers(removed, kept, unremovable);
    }

    private enum Outcome {
        REMOVED,
        KEPT,
        UNREMOVABLE,
        ABSENT
    }

    private static Outcome remove(BundleRecord former, String name, Path directory) {
        Path file;
        try {
            file = BundleFiles.inside(directory, name);
        } catch (CommandFailure e) {
            // No bundle wrote there, whatever the record says.
            return Outcome.ABSENT;
        }
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Outcome.ABSENT;
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !former.made(name, Files.readAllBytes(file))) {
                return Outcome.KEPT;
            }
            Files.delete(file);
            removeEmpty(file.getParent(), directory.toAbsolutePath().normalize());
            return Outcome.REMOVED;
        } catch (IOException e) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Outcome.UNREMOVABLE : Outcome.REMOVED;
        }
    }

    private static void removeEmpty(@Nullable Path emptied, Path root) throws IOException {
        for (Path at = emptied; at != null && !at.equals(root) && isEmpty(at); at = at.getParent()) {
            Files.delete(at);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
