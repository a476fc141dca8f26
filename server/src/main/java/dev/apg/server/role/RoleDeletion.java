package dev.apg.server.role;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Told inside the transaction that is about to delete a role, while nobody can be given it: whoever keeps what has roles
 * listens, and says what has this one, which stops the deletion.
 */
public final class RoleDeletion {
    private final UUID tenantId;
    private final String role;
    private final List<String> holders = new ArrayList<>();

    RoleDeletion(UUID tenantId, String role) {
        this.tenantId = tenantId;
        this.role = role;
    }

    public UUID tenantId() {
        return tenantId;
    }

    /** Its code. */
    public String role() {
        return role;
    }

    /** Says what has the role, in words for people: {@code the token nightly}. */
    public void heldBy(String holder) {
        holders.add(holder);
    }

    List<String> holders() {
        return List.copyOf(holders);
    }
}
