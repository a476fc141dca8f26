package dev.apg.server.composition.bundle;

import dev.apg.contract.canonical.Digest;
import dev.apg.contract.composition.LockDocument;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns a frozen lock into deployable files. Both methods are pure: the same input gives the same answer on any machine, in
 * any locale and time zone. They take time and memory linear in the size of the lock's version documents.
 */
public final class BundleRenderer {
    private BundleRenderer() {}

    /**
     * Says before freezing what would be wrong with a bundle, and what whoever runs it should know.
     *
     * @param entries one for each entry of the lock, in any order
     * @throws IllegalArgumentException if an entry of the lock is without its document
     */
    public static BundleReport check(LockDocument lock, List<BundleInput.Entry> entries) {
        RunPlan plan = RunPlanner.plan(lock, entries, List.of());
        return new BundleReport(plan.problems(), plan.notes());
    }

    /**
     * Renders a bundle.
     *
     * @throws IllegalArgumentException if {@link #check} reports a problem, an entry of the lock is without its document, or
     *     the digest is not that of the lock's bytes
     */
    public static Bundle render(BundleInput input) {
        if (!input.lockDigest().equals(Digest.of(input.lockBytes()).toString())) {
            throw new IllegalArgumentException(
                    "lockDigest: %s (expected: the digest of lockBytes)".formatted(input.lockDigest()));
        }
        RunPlan plan = RunPlanner.plan(input.lock(), input.entries(), input.cycles());
        if (!plan.problems().isEmpty()) {
            throw new IllegalArgumentException(
                    plan.problems().stream().map(BundleProblem::message).collect(Collectors.joining("; ")));
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (!plan.workloads().isEmpty()) {
            PlaceVariables variables = PlaceVariables.of(plan.workloads());
            files.put(".env.example", PlaceFile.render(variables));
            files.put("compose.yaml", new ComposeFile(input, plan.workloads(), variables).render());
            files.putAll(new KubernetesFiles(input, plan.workloads()).render());
        }
        files.put("README.md", new ReadmeFile(input, plan).render());
        files.put("apg.lock.json", input.lockBytes().clone());
        files.put("sbom.cdx.json", new SoftwareBill(input, plan.workloads()).render());
        byte[] tar = TarArchive.of(files, input.frozenAt());
        return new Bundle(
                Collections.unmodifiableSortedMap(files), tar, Digest.of(tar).toString(), plan.notes());
    }
}
