package dev.apg.server.event;

import dev.apg.server.tenancy.TenantContext;
import java.util.ArrayList;
import java.util.List;

/** Takes note of the changes of one write; its entries are written when the work is done. */
public final class Journal {
    private final TenantContext context;
    private final List<Change> changes = new ArrayList<>();
    private Growth growth = Growth.NONE;

    Journal(TenantContext context) {
        this.context = context;
    }

    /** A mutation and in whose name it happened. */
    record Change(TenantContext by, Mutation mutation) {}

    public void record(Mutation mutation) {
        record(context, mutation);
    }

    /**
     * Records a change that somebody else of the tenant asked for: requests of several may be committed together.
     *
     * @throws IllegalArgumentException if it is of another tenant
     */
    public void record(TenantContext by, Mutation mutation) {
        if (!by.tenantId().equals(context.tenantId())) {
            throw new IllegalArgumentException("a write is of one tenant only");
        }
        changes.add(new Change(by, mutation));
    }

    /** Notes what the tenant has more afterwards; the write fails if that is more than it may have. */
    public void grow(Growth by) {
        growth = growth.and(by);
    }

    Growth growth() {
        return growth;
    }

    List<Change> changes() {
        return changes;
    }
}
