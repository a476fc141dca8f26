package dev.apg.server.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How many requests of a kind a node takes at once, in all and of one tenant, so that no tenant keeps others out. */
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
        private final int others;

        private Slot(UUID tenantId, int others) {
            this.tenantId = tenantId;
            this.others = others;
        }

        /** How many the tenant had when this one was taken. */
        public int others() {
            return others;
        }

        @Override
        public void close() {
            release(tenantId);
        }
    }

    /** Empty if the tenant, or the node, has as many as it may. Never waits. */
    public synchronized Optional<Slot> take(UUID tenantId) {
        int own = taken.getOrDefault(tenantId, 0);
        if (own >= perTenant || all >= perNode) {
            return Optional.empty();
        }
        taken.put(tenantId, own + 1);
        all++;
        return Optional.of(new Slot(tenantId, own));
    }

    private synchronized void release(UUID tenantId) {
        taken.computeIfPresent(tenantId, (tenant, own) -> own > 1 ? own - 1 : null);
        all--;
    }
}
