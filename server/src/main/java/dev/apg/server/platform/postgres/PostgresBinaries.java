package dev.apg.server.platform.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL binaries that the class path carries, once per version and user. */
final class PostgresBinaries {
    /** The major version of the binaries; data of another one is refused. */
    static final int MAJOR = 18;

    private static final String VERSION = "18.6";

    private PostgresBinaries() {}

    /**
     * The directory that holds {@code bin} and {@code lib}, unpacked below the cache directory if it is not there yet.
     *
     * @throws EmbeddedPostgresException if this machine's system or processor has no binaries here
     */
    static Path unpack(Path cache) {
        Path home = cache.resolve("postgresql-" + VERSION);
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        try (InputStream archive =
                PostgresBinaries.class.getResourceAsStream("/postgres-linux-" + processor() + ".txz")) {
            if (archive == null || !System.getProperty("os.name").equals("Linux")) {
                throw new EmbeddedPostgresException(
                        "The embedded PostgreSQL runs on Linux x86_64 only, this is %s %s: set DATABASE_URL to a PostgreSQL 15 or newer."
                                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
            }
            Files.createDirectories(cache);
            Path unpacking = Files.createTempDirectory(cache, "unpacking-");
            extract(archive, unpacking);
            publish(unpacking, home);
            return home;
        } catch (IOException e) {
            throw new EmbeddedPostgresException("The PostgreSQL binaries could not be unpacked into " + home + ".", e);
        }
    }

    private static String processor() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return arch.equals("amd64") ? "x86_64" : arch;
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0) {
                        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
                        permissions.add(PosixFilePermission.OWNER_EXECUTE);
                        Files.setPosixFilePermissions(path, permissions);
                    }
                }
            }
        }
    }

    /** Moves into place at once, so that no process ever sees half of it; the first of several wins. */
    private static void publish(Path unpacked, Path home) throws IOException {
        try {
            Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            try (var files = Files.walk(unpacked)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
