package dev.apg.server.composition.bundle;

import dev.apg.contract.capability.PortProtocol;
import dev.apg.contract.capability.RuntimeDescriptor.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the lock that runs, with every reference resolved; what Compose and Kubernetes files are written from.
 *
 * @param name its DNS label, which is also the host name that others reach it at
 * @param replicas at most 1 where a volume is persistent
 * @param startsAfter names of the providers that start before it, in start order
 * @param callers names of the workloads that the lock binds to it, in start order
 */
record Workload(
        String code,
        String version,
        String digest,
        String name,
        ImageReference image,
        List<String> command,
        List<String> args,
        @Nullable Long user,
        boolean readOnlyRoot,
        List<Port> ports,
        List<Variable> environment,
        List<Volume> volumes,
        @Nullable Health health,
        Quantities requests,
        Quantities limits,
        int replicas,
        List<String> startsAfter,
        List<String> callers) {

    /** Whether the image said that it needs root. */
    boolean needsRoot() {
        return user != null && user == 0;
    }

    boolean keepsData() {
        return volumes.stream().anyMatch(Volume::persistent);
    }

    List<Port> exposedPorts() {
        return ports.stream().filter(port -> port.published() != null).toList();
    }

    /** Where the root is read-only, {@code /tmp} is still expected to be writable, unless a volume is there already. */
    boolean needsTemporaryFolder() {
        return readOnlyRoot
                && volumes.stream().noneMatch(volume -> volume.path().equals("/tmp"));
    }

    /** A host port can be published once. */
    int composeReplicas() {
        return exposedPorts().isEmpty() ? replicas : Math.min(replicas, 1);
    }

    List<SecretKey> secretVariables() {
        return environment.stream()
                .filter(Variable.Secret.class::isInstance)
                .map(variable -> ((Variable.Secret) variable).key())
                .distinct()
                .toList();
    }

    List<SecretKey> secretFiles() {
        return environment.stream()
                .filter(Variable.SecretFile.class::isInstance)
                .map(variable -> ((Variable.SecretFile) variable).key())
                .distinct()
                .toList();
    }

    /** What it says of a secret that it uses; the same secret may be said different things of. */
    List<String> descriptions(SecretKey key) {
        List<String> said = new ArrayList<>();
        for (Variable variable : environment) {
            Optional<String> description = switch (variable) {
                case Variable.Secret(String _, SecretKey used, var text) -> used.equals(key) ? text : Optional.empty();
                case Variable.SecretFile(String _, SecretKey used, var text) ->
                    used.equals(key) ? text : Optional.empty();
                case Variable.Fixed fixed -> Optional.empty();
                case Variable.Configured configured -> Optional.empty();
            };
            description.ifPresent(said::add);
        }
        return said;
    }

    List<Variable.Configured> configured() {
        return environment.stream()
                .filter(Variable.Configured.class::isInstance)
                .map(Variable.Configured.class::cast)
                .toList();
    }

    /**
     * A port that the process listens on.
     *
     * @param published the host port that Compose publishes an exposed port on by default; absent if it is not exposed
     */
    record Port(
            String name,
            int number,
            PortProtocol protocol,
            @Nullable Integer published) {}

    record Volume(
            String name,
            String path,
            boolean persistent,
            @Nullable String size) {}

    /** A secret of the place where the bundle runs; at most its reference is ever here. */
    record SecretKey(String name, String key) {}

    /** A variable of the process. */
    sealed interface Variable {
        String name();

        /** Fixed by the version or by the lock: a literal, or a provider's address. */
        record Fixed(String name, String value) implements Variable {}

        /** From the composition's configuration, which a place may override. */
        record Configured(String name, String value) implements Variable {}

        /** The secret itself. */
        record Secret(String name, SecretKey key, Optional<String> description) implements Variable {}

        /** The path of a file that holds the secret. */
        record SecretFile(String name, SecretKey key, Optional<String> description) implements Variable {}
    }

    /** How the process is asked whether it is well; times in seconds. */
    record Health(Probe probe, int initialDelay, int period, int timeout, int failureThreshold) {}

    /** What is asked. */
    sealed interface Probe {
        record Http(int port, String path) implements Probe {}

        record Tcp(int port) implements Probe {}

        record Grpc(int port) implements Probe {}

        record Command(List<String> command) implements Probe {}
    }
}
