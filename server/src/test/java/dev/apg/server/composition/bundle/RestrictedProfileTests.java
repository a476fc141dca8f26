package dev.apg.server.composition.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the Kubernetes pod security standards, written down again and applied to what is rendered. */
class RestrictedProfileTests {
    private static final Set<String> BASELINE_CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private final Map<String, PodTemplateSpec> pods =
            KubernetesObjects.of(SampleShop.shop().render()).pods();

    @Test
    void every_pod_satisfies_the_restricted_profile_unless_its_image_needs_root() {
        pods.forEach((name, pod) -> {
            if (!name.equals("backoffice")) {
                assertThat(violations(pod.getSpec(), true)).as(name).isEmpty();
            }
        });
        assertThat(pods).hasSize(5);
    }

    @Test
    void an_image_that_needs_root_satisfies_the_baseline_profile_and_is_reported() {
        assertThat(violations(pods.get("backoffice").getSpec(), false)).isEmpty();
        assertThat(violations(pods.get("backoffice").getSpec(), true)).isNotEmpty();
        assertThat(SampleShop.shop().check().notes())
                .filteredOn(note -> note.kind() == BundleNote.Kind.NEEDS_ROOT)
                .extracting(BundleNote::capability)
                .containsExactly("backoffice");
    }

    @Test
    void a_port_below_1024_is_open_to_an_image_without_root() {
        assertThat(pods.get("frontend").getSpec().getSecurityContext().getSysctls())
                .containsExactly(new Sysctl("net.ipv4.ip_unprivileged_port_start", "0"));
        assertThat(pods.get("cart").getSpec().getSecurityContext().getSysctls()).isEmpty();
    }

    private static List<String> violations(PodSpec pod, boolean restricted) {
        List<String> violations = new ArrayList<>();
        check(violations, "host namespaces", isNotTrue(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC()));
        check(
                violations,
                "sysctls",
                pod.getSecurityContext().getSysctls().stream()
                        .map(Sysctl::getName)
                        .allMatch("net.ipv4.ip_unprivileged_port_start"::equals));
        check(violations, "volumes", pod.getVolumes().stream().allMatch(RestrictedProfileTests::isAllowed));
        check(violations, "token", Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()));
        for (Container container : pod.getContainers()) {
            var security = container.getSecurityContext();
            Set<String> allowed = restricted ? Set.of("NET_BIND_SERVICE") : BASELINE_CAPABILITIES;
            check(
                    violations,
                    "capabilities.add",
                    allowed.containsAll(security.getCapabilities().getAdd()));
            check(
                    violations,
                    "capabilities.drop",
                    security.getCapabilities().getDrop().equals(List.of("ALL")));
            check(violations, "privileged", isNotTrue(security.getPrivileged()));
            check(violations, "allowPrivilegeEscalation", Boolean.FALSE.equals(security.getAllowPrivilegeEscalation()));
            check(violations, "hostPort", container.getPorts().stream().allMatch(port -> port.getHostPort() == null));
        }
        var security = pod.getSecurityContext();
        check(
                violations,
                "seccomp",
                security.getSeccompProfile() != null
                        && security.getSeccompProfile().getType().equals("RuntimeDefault"));
        if (restricted) {
            check(violations, "runAsNonRoot", Boolean.TRUE.equals(security.getRunAsNonRoot()));
            check(violations, "runAsUser", security.getRunAsUser() == null || security.getRunAsUser() != 0);
        }
        return violations;
    }

    private static void check(List<String> violations, String rule, boolean satisfied) {
        if (!satisfied) {
            violations.add(rule);
        }
    }

    private static boolean isAllowed(Volume volume) {
        return volume.getHostPath() == null && (volume.getEmptyDir() != null || volume.getProjected() != null);
    }

    private static boolean isNotTrue(Boolean... values) {
        return Stream.of(values).noneMatch(Boolean.TRUE::equals);
    }
}
