package dev.apg.server.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How much of something (requests, bytes) a node takes at once, in all and of one tenant, so that no tenant keeps others
 * out.
 */
public final class TenantSlots {
    private final int perTenant;
    private final int perNode;
    private final Map<UUID, Integer> taken = new HashMap<>();
    private int all;

    public TenantSlots(int perTenant, int perNode) {
        this.perTenant = perTenant;
        this.perNode = perNode;
    }

    /** A place that is free again when it is closed. */
    public final class Slot implements AutoCloseable {
        private final UUID tenantId;
        private final int size;
        private final int others;

        private Slot(UUID tenantId, int size, int others) {
            this.tenantId = tenantId;
            this.size = size;
            this.others = others;
        }

        /** How much the tenant had when this one was taken. */
        public int others() {
            return others;
        }

        @Override
        public void close() {
            release(tenantId, size);
        }
    }

    /** Empty if the tenant, or the node, has as many as it may. Never waits. */
    public Optional<Slot> take(UUID tenantId) {
        return take(tenantId, 1);
    }

    /**
     * The same for one that counts as several.
     *
     * @param size at least 0
     */
    public synchronized Optional<Slot> take(UUID tenantId, int size) {
        int own = taken.getOrDefault(tenantId, 0);
        if (size > perTenant - own || size > perNode - all) {
            return Optional.empty();
        }
        taken.put(tenantId, own + size);
        all += size;
        return Optional.of(new Slot(tenantId, size, own));
    }

    private synchronized void release(UUID tenantId, int size) {
        taken.computeIfPresent(tenantId, (tenant, own) -> own > size ? own - size : null);
        all -= size;
    }
}
