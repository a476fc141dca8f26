package dev.apg.server.composition.bundle;

import dev.apg.server.composition.bundle.Workload.Probe;
import java.util.List;

/** What whoever runs a workload should know of it. */
final class WorkloadNotes {
    private WorkloadNotes() {}

    /** What becomes of workloads beside each other. */
    static void collectTogether(List<Workload> workloads, PlanRemarks findings) {
        ComposeSecrets secrets = ComposeSecrets.of(workloads);
        workloads.stream()
                .filter(workload -> workload.readOnlyRoot() && secrets.copiedInto(workload))
                .forEach(workload -> findings.note(
                        BundleNote.Kind.ROOT_WRITABLE_IN_COMPOSE,
                        workload.code(),
                        "In Compose its root file system is writable, because it gets a secret as a file that another gets"
                                + " as a variable, and Compose copies such a secret into the container."));
    }

    static void collect(Workload workload, PlanRemarks findings) {
        String code = workload.code();
        if (!workload.image().pinned()) {
            findings.note(
                    BundleNote.Kind.IMAGE_NOT_PINNED,
                    code,
                    "%s has no digest, so it may come to mean another image."
                            .formatted(workload.image().text()));
        }
        if (workload.needsRoot()) {
            findings.note(
                    BundleNote.Kind.NEEDS_ROOT,
                    code,
                    "The image needs root, so its pod satisfies the baseline but not the restricted pod security"
                            + " profile.");
        }
        if (workload.user() == null) {
            findings.note(
                    BundleNote.Kind.USER_NOT_KNOWN,
                    code,
                    "The descriptor names no user; Kubernetes will not start the image if its own user is root or"
                            + " is not given as a number, and in Compose an image that starts as root lacks what"
                            + " it commonly needs to become another user.");
        }
        if (workload.health() != null && !(workload.health().probe() instanceof Probe.Command)) {
            findings.note(
                    BundleNote.Kind.HEALTH_NOT_IN_COMPOSE,
                    code,
                    "Compose does not check its health: that would need a client inside the image.");
        }
        if (workload.composeReplicas() != workload.replicas()) {
            findings.note(
                    BundleNote.Kind.REPLICAS_NOT_IN_COMPOSE,
                    code,
                    "Compose runs one replica of %s, because they would share a host port."
                            .formatted(workload.replicas()));
        }
        workload.volumes().stream()
                .filter(volume -> volume.persistent() && volume.size() == null)
                .forEach(volume -> findings.note(
                        BundleNote.Kind.VOLUME_SIZE_ASSUMED,
                        code,
                        "Volume %s has no size; Kubernetes is asked for %s."
                                .formatted(volume.name(), KubernetesWorkload.DEFAULT_VOLUME_SIZE)));
    }
}
