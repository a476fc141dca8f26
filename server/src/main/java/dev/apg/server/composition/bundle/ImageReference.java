package dev.apg.server.composition.bundle;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image by its name, tag and digest, as container engines read it.
 *
 * @param repository as written, without tag and digest: {@code redis}, {@code registry.example:5000/shop/cart}
 * @param digest algorithm, colon and hex
 */
record ImageReference(
        String repository, @Nullable String tag, @Nullable String digest) {

    private static final String HOST_PART = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String HOST = HOST_PART + "(?:\\." + HOST_PART + ")*+(?::[0-9]{1,5})?";
    private static final String PATH_PART = "[a-z0-9]++(?:(?:__|[._]|-++)[a-z0-9]++)*+";
    private static final Pattern REFERENCE = Pattern.compile("(?<repository>(?:" + HOST + "/)?" + PATH_PART + "(?:/"
            + PATH_PART + ")*+)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
            + "(?:@(?<digest>sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?");

    /** Reads a reference; empty if container engines would refuse it. */
    static Optional<ImageReference> parse(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new ImageReference(matcher.group("repository"), matcher.group("tag"), matcher.group("digest")))
                : Optional.empty();
    }

    /** The whole reference as it was written. */
    String text() {
        return repository + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    /** Whether the reference means the same image for ever. */
    boolean pinned() {
        return digest != null;
    }

    /** The repository with the registry and folder that engines assume: {@code docker.io/library/redis}. */
    String fullRepository() {
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost") || !first.equals(lower(first))) {
            return repository;
        }
        return slash < 0 ? "docker.io/library/" + repository : "docker.io/" + repository;
    }

    /** The last part of the repository. */
    String shortName() {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }
}
