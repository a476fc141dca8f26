package dev.apg.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Java's failures with files, many of which say nothing but the name, in words. */
public final class FileFailures {
    private FileFailures() {}

    /** For example {@code permission denied}; with the name of the file only where the failure tells no more than that. */
    public static String words(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "there is no such file or directory";
            case FileAlreadyExistsException there -> "%s is in the way".formatted(there.getFile());
            case NotDirectoryException file -> "%s is no directory".formatted(file.getFile());
            case DirectoryNotEmptyException full -> "%s is not empty".formatted(full.getFile());
            case FileSystemException other when other.getReason() instanceof String reason -> lower(reason);
            case IOException other -> String.valueOf(other.getMessage());
        };
    }

    /** The same of what a stream of files threw, which may be about any of them. */
    public static String words(UncheckedIOException failure) {
        IOException cause = Objects.requireNonNull(failure.getCause());
        return cause instanceof FileSystemException one ? one.getFile() + ": " + words(cause) : words(cause);
    }

    private static String lower(String reason) {
        return Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
    }
}
