package dev.apg.server.composition.bundle;

import dev.apg.contract.canonical.Digest;
import java.util.Map;
import java.util.regex.Pattern;

/** The labels and annotations that every Kubernetes object of a bundle carries. */
final class KubernetesLabels {
    private static final int MAX_LABEL = 63;
    private static final int HASH_LENGTH = 8;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    private final BundleInput input;
    private final String composition;

    KubernetesLabels(BundleInput input) {
        this.input = input;
        this.composition = ResourceNames.of(input.composition());
    }

    /** What selects the pods of a workload; the same in every revision, because selectors cannot change. */
    Map<String, Object> selector(String name) {
        return new Fields()
                .put("app.kubernetes.io/name", name)
                .put("app.kubernetes.io/instance", composition)
                .map();
    }

    Map<String, Object> all(Workload workload) {
        return new Fields()
                .put("app.kubernetes.io/name", workload.name())
                .put("app.kubernetes.io/instance", composition)
                .put("app.kubernetes.io/version", labelValue(workload.version()))
                .put("app.kubernetes.io/part-of", composition)
                .put("app.kubernetes.io/managed-by", "apg")
                .map();
    }

    Map<String, Object> metadata(Workload workload) {
        return new Fields()
                .put("name", workload.name())
                .put("labels", all(workload))
                .map();
    }

    /** Says on the workload itself, and not on its pods, which lock it came from: a revision that changes nothing about
     * a workload must not restart it. */
    Map<String, Object> metadataWithOrigin(Workload workload) {
        return new Fields()
                .put("name", workload.name())
                .put("labels", all(workload))
                .put(
                        "annotations",
                        new Fields()
                                .put("apg.dev/capability", workload.code())
                                .put("apg.dev/version", workload.version())
                                .put("apg.dev/digest", workload.digest())
                                .put("apg.dev/composition", input.composition())
                                .put("apg.dev/revision", String.valueOf(input.revision()))
                                .put("apg.dev/lock", input.lockDigest())
                                .map())
                .map();
    }

    /** A version as a label's value: without build metadata; shortened with a hash where it does not fit. */
    static String labelValue(String version) {
        int build = version.indexOf('+');
        String value = build < 0 ? version : version.substring(0, build);
        if (LABEL.matcher(value).matches()) {
            return value;
        }
        String start = value.substring(0, Math.min(value.length(), MAX_LABEL - HASH_LENGTH - 1));
        return start + "-" + Digest.of(value).hex().substring(0, HASH_LENGTH);
    }
}
