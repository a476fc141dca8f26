package dev.apg.server.capability;

import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.TenantSlots;
import dev.apg.server.web.TenantSlots.Slot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Bounds the publications that a node checks and commits at once, by number and by size: what waits for a slow disk, or
 * behind an import, is kept in memory.
 */
@Component
class PublishPlaces {
    /** About a second's work of a node; of a tenant half of it. */
    private static final int MOST_OF_TENANT = 512;

    private static final int MOST = 1_024;

    private static final int MIB = 1024 * 1024;
    private static final int MIB_OF_TENANT = 32;
    private static final int MIB_OF_NODE = 64;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final TenantSlots number = new TenantSlots(MOST_OF_TENANT, MOST);
    private final TenantSlots bytes = new TenantSlots(MIB_OF_TENANT * MIB, MIB_OF_NODE * MIB);

    /** What one publication takes, until it is closed. */
    final class Place implements AutoCloseable {
        private final UUID tenantId;
        private final Deque<Slot> slots = new ArrayDeque<>();
        private int size;

        private Place(UUID tenantId) {
            this.tenantId = tenantId;
        }

        /**
         * Makes room for what the publication has become; documents grow where they use aliases.
         *
         * @throws Rejection 503 {@code publish.busy}
         */
        void grow(int newSize) {
            if (newSize > size) {
                slots.push(bytes.take(tenantId, newSize - size)
                        .orElseThrow(
                                () -> busy("%d MiB of a tenant, %d MiB in all".formatted(MIB_OF_TENANT, MIB_OF_NODE))));
                size = newSize;
            }
        }

        @Override
        public void close() {
            slots.forEach(Slot::close);
            slots.clear();
        }
    }

    /**
     * A place for a publication.
     *
     * @param size of its document, in bytes
     * @throws Rejection 503 {@code publish.busy}, if as many are under way as may be
     */
    Place take(TenantContext context, int size) {
        var place = new Place(context.tenantId());
        place.slots.push(number.take(context.tenantId())
                .orElseThrow(() -> busy("%d of a tenant, %d in all".formatted(MOST_OF_TENANT, MOST))));
        try {
            place.grow(size);
            return place;
        } catch (Rejection full) {
            place.close();
            throw full;
        }
    }

    private static Rejection busy(String most) {
        return Rejection.unavailable(
                "publish.busy",
                "This node has as many publications under way as it may (at most %s).".formatted(most),
                RETRY_AFTER);
    }
}
