package dev.apg.server.composition.bundle;

import dev.apg.contract.canonical.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The names that capabilities and compositions have in bundles: DNS labels that start with a letter. */
public final class ResourceNames {
    /**
     * A DNS label may have 63 characters, but Kubernetes labels the pods of a StatefulSet with its name, a hyphen and a
     * hash of ten: a longer name is accepted and never gets a pod.
     */
    static final int MAX_LENGTH = 52;

    private static final int HASH_LENGTH = 8;

    private ResourceNames() {}

    /**
     * The name of a code. Slash, dot and underscore become hyphens; a name that would start with a digit gets {@code
     * app-} in front, because a Service must start with a letter; one that is too long keeps its start and ends in a
     * hash of the code.
     */
    public static String of(String code) {
        String label = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        label = label.replaceAll("^-+|-+$", "");
        if (label.isEmpty() || !Character.isLetter(label.charAt(0))) {
            label = label.isEmpty() ? "app" : "app-" + label;
        }
        if (label.length() <= MAX_LENGTH) {
            return label;
        }
        String start = label.substring(0, MAX_LENGTH - HASH_LENGTH - 1).replaceAll("-+$", "");
        return start + "-" + Digest.of(code).hex().substring(0, HASH_LENGTH);
    }

    /** The codes that would share a name, by that name; empty if every code has its own. */
    public static SortedMap<String, List<String>> collisions(Collection<String> codes) {
        SortedMap<String, List<String>> byName = new TreeMap<>();
        codes.stream()
                .distinct()
                .sorted()
                .forEach(code -> byName.computeIfAbsent(of(code), name -> new ArrayList<>())
                        .add(code));
        byName.values().removeIf(sharing -> sharing.size() == 1);
        return byName;
    }
}
