package dev.apg.server.composition.bundle;

import dev.apg.server.composition.bundle.Workload.SecretKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where Compose takes each secret from, so that a place gives each of them once. One that any process gets as a variable
 * comes from a Compose variable, and is copied from there into the files of those who get it as a file; one that is only
 * ever a file comes from a file.
 *
 * @param variables in start order of those who use them
 * @param files those that are in no variable
 * @param descriptions what those who use a secret say of it, of those of which anything is said
 */
record ComposeSecrets(Set<SecretKey> variables, Set<SecretKey> files, Map<SecretKey, String> descriptions) {

    static ComposeSecrets of(List<Workload> workloads) {
        Set<SecretKey> variables = keys(workloads, Workload::secretVariables);
        Set<SecretKey> files = keys(workloads, Workload::secretFiles);
        files.removeAll(variables);
        Map<SecretKey, String> descriptions = new HashMap<>();
        Stream.concat(variables.stream(), files.stream()).forEach(key -> {
            String said = workloads.stream()
                    .flatMap(workload -> workload.descriptions(key).stream())
                    .distinct()
                    .collect(Collectors.joining("; "));
            if (!said.isEmpty()) {
                descriptions.put(key, said);
            }
        });
        return new ComposeSecrets(variables, files, descriptions);
    }

    /** All of them. */
    List<SecretKey> all() {
        List<SecretKey> all = new ArrayList<>(variables);
        all.addAll(files);
        return all;
    }

    /**
     * Whether Compose copies a secret into the container. It does so for those that come from a variable, before the
     * start, and only into a root file system that can be written to.
     */
    boolean copiedInto(Workload workload) {
        return workload.secretFiles().stream().anyMatch(variables::contains);
    }

    private static Set<SecretKey> keys(List<Workload> workloads, Function<Workload, List<SecretKey>> keys) {
        Set<SecretKey> all = new LinkedHashSet<>();
        workloads.forEach(workload -> all.addAll(keys.apply(workload)));
        return all;
    }
}
