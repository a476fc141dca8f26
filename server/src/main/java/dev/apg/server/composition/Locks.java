package dev.apg.server.composition;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.CanonicalJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.RuntimeDescriptor.Port;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.Policy;
import dev.apg.contract.composition.Resolution;
import dev.apg.resolver.ExactVersion;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes locks of solutions. */
final class Locks {
    private Locks() {}

    /**
     * The lock of a solution.
     *
     * @param documents by code, of the chosen versions; one that is not there leaves the ports of its bindings open
     */
    static LockDocument of(
            String composition, Resolution.Solved solved, Policy policy, Map<String, VersionDocument> documents) {
        return new LockDocument(
                LockDocument.FORMAT,
                composition,
                solved.entries().stream()
                        .map(entry ->
                                new LockEntry(entry.capability(), entry.version(), entry.digest(), entry.reason()))
                        .toList(),
                solved.bindings().stream()
                        .map(binding -> new LockBinding(
                                binding.consumer(),
                                binding.requirement(),
                                binding.provider(),
                                binding.service(),
                                port(documents.get(binding.provider()), binding.service())))
                        .toList(),
                policy);
    }

    /** What the lock of a solution would be, without ports. */
    static LockDocument of(
            String composition,
            dev.apg.resolver.Resolution.Solved solved,
            Policy policy,
            Function<ExactVersion, String> digests) {
        var reasons = new ReasonChains();
        return new LockDocument(
                LockDocument.FORMAT,
                composition,
                solved.entries().stream()
                        .map(entry -> new LockEntry(
                                entry.version().code(),
                                entry.version().number().toString(),
                                digests.apply(entry.version()),
                                reasons.of(entry)))
                        .toList(),
                Resolutions.bindings(solved),
                policy);
    }

    /** The canonical bytes, which are stored and never computed again. */
    static StoredLock store(LockDocument lock) {
        JsonNode tree = WireJson.MAPPER.valueToTree(lock);
        byte[] bytes = CanonicalJson.bytes(tree);
        return new StoredLock(bytes, Digest.of(bytes).toString());
    }

    /** The port that speaks the service, else the only one. */
    private static @Nullable String port(@Nullable VersionDocument provider, @Nullable String service) {
        if (provider == null || provider.runtime() == null) {
            return null;
        }
        List<Port> ports = provider.runtime().ports();
        List<Port> speaking = service == null
                ? List.of()
                : ports.stream().filter(port -> service.equals(port.service())).toList();
        if (speaking.size() == 1) {
            return speaking.getFirst().name();
        }
        return speaking.isEmpty() && ports.size() == 1 ? ports.getFirst().name() : null;
    }
}
