package dev.apg.server.composition;

import dev.apg.resolver.Request;
import dev.apg.server.composition.CompositionHeads.Head;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Newest revisions in memory, in the resolver's words. Within an epoch a revision never changes, so nothing here is ever wrong;
 * it is only let go, the tenants first that have not asked for longest. What is too much for one tenant is read again by each
 * question.
 */
@Component
class HeadCache {
    /** Memory for all tenants together. */
    private final long most;

    /** Old revisions of a tenant that may stay however few compositions it has. */
    private static final int FEW = 20;

    /** In the order in which tenants last asked. */
    private final Map<UUID, OfTenant> tenants = new LinkedHashMap<>(16, 0.75f, true);

    /** Composition and number name a revision for as long as the epoch lasts. */
    private record Key(UUID compositionId, int revision) {}

    private static final class OfTenant {
        private final long epoch;
        private final Map<Key, Request> requests = new HashMap<>();
        private final SharedValues shared = new SharedValues();
        private long bytesOfRequests;

        OfTenant(long epoch) {
            this.epoch = epoch;
        }

        long bytes() {
            return bytesOfRequests + shared.bytes();
        }
    }

    /** An eighth of the heap. */
    HeadCache() {
        this(Runtime.getRuntime().maxMemory() / 8);
    }

    HeadCache(long most) {
        this.most = most;
    }

    /** Those of the heads that are in memory. */
    synchronized Map<Head, Request> find(UUID tenantId, long epoch, Collection<Head> heads) {
        OfTenant tenant = tenant(tenantId, epoch);
        Map<Head, Request> found = HashMap.newHashMap(heads.size());
        for (Head head : heads) {
            Request request = tenant.requests.get(key(head));
            if (request != null) {
                found.put(head, request);
            }
        }
        return found;
    }

    /** The objects that the tenant's requests have in common. */
    synchronized SharedValues shared(UUID tenantId, long epoch) {
        return tenant(tenantId, epoch).shared;
    }

    /**
     * Keeps what there is room for.
     *
     * @param shared with which they were read; if the tenant was let go since then, they are not kept, because what they share
     *     would not be counted
     */
    synchronized void put(UUID tenantId, long epoch, SharedValues shared, Map<Head, Request> read) {
        OfTenant tenant = tenant(tenantId, epoch);
        if (tenant.shared != shared) {
            return;
        }
        long needed = read.values().stream().mapToLong(HeadCache::bytes).sum();
        while (bytes() + needed > most && dropOther(tenantId)) {
            // Until there is room, or nobody else is left.
        }
        long room = most - bytes();
        if (room < 0) {
            // What its requests share is too much alone.
            tenants.remove(tenantId);
            return;
        }
        for (Map.Entry<Head, Request> each : read.entrySet()) {
            long size = bytes(each.getValue());
            if (size <= room && tenant.requests.putIfAbsent(key(each.getKey()), each.getValue()) == null) {
                tenant.bytesOfRequests += size;
                room -= size;
            }
        }
    }

    /**
     * Lets go of what there is of the tenant, once more of it is about revisions that are no longer the newest than about those
     * that are: what they share goes with them.
     *
     * @param heads how many are
     */
    synchronized void keepUseful(UUID tenantId, long epoch, int heads) {
        if (tenant(tenantId, epoch).requests.size() > 2 * heads + FEW) {
            tenants.remove(tenantId);
        }
    }

    /** Of an epoch that is over, nothing is kept. */
    private OfTenant tenant(UUID tenantId, long epoch) {
        OfTenant known = tenants.get(tenantId);
        if (known != null && known.epoch == epoch) {
            return known;
        }
        var fresh = new OfTenant(epoch);
        if (known == null || known.epoch < epoch) {
            tenants.put(tenantId, fresh);
        }
        return fresh;
    }

    private long bytes() {
        return tenants.values().stream().mapToLong(OfTenant::bytes).sum();
    }

    private boolean dropOther(UUID tenantId) {
        Iterator<UUID> longestAgoFirst = tenants.keySet().iterator();
        while (longestAgoFirst.hasNext()) {
            if (!longestAgoFirst.next().equals(tenantId)) {
                longestAgoFirst.remove();
                return true;
            }
        }
        return false;
    }

    /** About how much memory a request takes beside what it shares with others: references, of which a map has four an entry. */
    private static long bytes(Request request) {
        return 300
                + 16L * (request.previous().size() + request.pins().size())
                + 4L * (request.roots().size() + request.exclusions().size());
    }

    private static Key key(Head head) {
        return new Key(head.compositionId(), head.revision());
    }
}
