package dev.apg.server.secret;

import dev.apg.contract.secret.EncryptionKeyState;
import dev.apg.contract.secret.EncryptionKeyUse;
import dev.apg.server.secret.SecretRepository.Held;
import dev.apg.server.tenancy.EveryTenant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Which keys the secrets in the database are encrypted with, and so which ones this installation can do without. */
@Service
class KeyUses {
    private final EveryTenant every;
    private final SecretRepository secrets;
    private final EncryptionKeys keys;

    KeyUses(EveryTenant every, SecretRepository secrets, EncryptionKeys keys) {
        this.every = every;
        this.secrets = secrets;
        this.keys = keys;
    }

    List<Held> held() {
        return every.see(secrets::held);
    }

    /** Those of {@code ENCRYPTION_KEY} in its order, then those that it lacks. */
    List<EncryptionKeyUse> list() {
        return list(held());
    }

    List<EncryptionKeyUse> list(List<Held> held) {
        Map<String, Map<String, Long>> counts = held.stream()
                .collect(Collectors.groupingBy(
                        Held::key,
                        TreeMap::new,
                        Collectors.groupingBy(
                                secret -> secret.column().table(), TreeMap::new, Collectors.summingLong(Held::count))));
        return Stream.concat(keys.ids().stream(), counts.keySet().stream())
                .distinct()
                .map(id -> use(id, counts.getOrDefault(id, Map.of())))
                .toList();
    }

    private EncryptionKeyUse use(String id, Map<String, Long> counts) {
        return new EncryptionKeyUse(id, state(id, counts.isEmpty()), counts);
    }

    private EncryptionKeyState state(String id, boolean idle) {
        if (!keys.ids().contains(id)) {
            return EncryptionKeyState.MISSING;
        }
        if (keys.newest().id().equals(id)) {
            return EncryptionKeyState.NEWEST;
        }
        return idle ? EncryptionKeyState.UNNEEDED : EncryptionKeyState.NEEDED;
    }
}
