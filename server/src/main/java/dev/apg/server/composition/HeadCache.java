package dev.apg.server.composition;

import dev.apg.resolver.Request;
import dev.apg.server.composition.CompositionHeads.Head;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Newest revisions in memory, in the resolver's words. A revision never changes, so nothing here is ever wrong; it is only let
 * go, the tenants first that have not asked for longest. What is too much for one tenant is read again by each question.
 */
@Component
class HeadCache {
    /** Entries of locks in memory, of all tenants; one takes some 25 bytes. */
    private static final long MOST = 2_000_000;

    /** What a revision takes beside its lock, as entries. */
    private static final int OVERHEAD = 20;

    /** In the order in which tenants last asked. */
    private final Map<UUID, OfTenant> tenants = new LinkedHashMap<>(16, 0.75f, true);

    private long weight;

    /** Composition and number name a revision for ever. */
    private record Key(UUID compositionId, int revision) {}

    private static final class OfTenant {
        private final Map<Key, Request> requests = new HashMap<>();
        private final SharedValues shared = new SharedValues();
        private long weight;
    }

    /** Those of the heads that are in memory. */
    synchronized Map<Head, Request> find(UUID tenantId, Collection<Head> heads) {
        Map<Head, Request> found = HashMap.newHashMap(heads.size());
        OfTenant tenant = tenants.get(tenantId);
        if (tenant != null) {
            for (Head head : heads) {
                Request request = tenant.requests.get(key(head));
                if (request != null) {
                    found.put(head, request);
                }
            }
        }
        return found;
    }

    /** The objects that the tenant's requests have in common. */
    synchronized SharedValues shared(UUID tenantId) {
        return tenants.computeIfAbsent(tenantId, id -> new OfTenant()).shared;
    }

    synchronized void put(UUID tenantId, Map<Head, Request> read) {
        OfTenant tenant = tenants.computeIfAbsent(tenantId, id -> new OfTenant());
        read.forEach((head, request) -> {
            long size = weightOf(request);
            while (weight + size > MOST && dropOther(tenantId)) {
                // Until there is room, or nobody else is left.
            }
            if (weight + size <= MOST && tenant.requests.putIfAbsent(key(head), request) == null) {
                tenant.weight += size;
                weight += size;
            }
        });
    }

    /** Lets go of the tenant's revisions that are no longer the newest, once they are more than those that are. */
    synchronized void keepOnly(UUID tenantId, List<Head> heads) {
        OfTenant tenant = tenants.get(tenantId);
        if (tenant != null && tenant.requests.size() > 2 * heads.size() + OVERHEAD) {
            Set<Key> current = new HashSet<>();
            heads.forEach(head -> current.add(key(head)));
            weight -= tenant.weight;
            tenant.requests.keySet().retainAll(current);
            tenant.weight = tenant.requests.values().stream()
                    .mapToLong(HeadCache::weightOf)
                    .sum();
            weight += tenant.weight;
        }
    }

    private boolean dropOther(UUID tenantId) {
        Iterator<Map.Entry<UUID, OfTenant>> longestAgoFirst = tenants.entrySet().iterator();
        while (longestAgoFirst.hasNext()) {
            Map.Entry<UUID, OfTenant> other = longestAgoFirst.next();
            if (!other.getKey().equals(tenantId)) {
                weight -= other.getValue().weight;
                longestAgoFirst.remove();
                return true;
            }
        }
        return false;
    }

    private static long weightOf(Request request) {
        return OVERHEAD
                + request.previous().size()
                + request.roots().size()
                + request.exclusions().size();
    }

    private static Key key(Head head) {
        return new Key(head.compositionId(), head.revision());
    }
}
