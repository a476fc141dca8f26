package dev.apg.server.event;

import dev.apg.server.tenancy.EveryTenant;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets go of what is older than its retention, of one tenant after the other, in short transactions. */
@Component
public class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final EveryTenant tenants;

    Retention(EveryTenant tenants) {
        this.tenants = tenants;
    }

    /**
     * Deletes until nothing old is left. A failure is of its tenant only: it is logged, and the next round tries again.
     *
     * @param what is deleted, in the plural, for the log
     * @param atOnce the most that {@code some} deletes at once
     * @param some deletes some of a tenant's and says how many; fewer than {@code atOnce} are the last
     */
    public void delete(String what, int atOnce, ToIntFunction<UUID> some) {
        for (UUID tenantId : tenants.ids()) {
            long deleted = 0;
            try {
                int batch;
                do {
                    batch = some.applyAsInt(tenantId);
                    deleted += batch;
                } while (batch == atOnce);
            } catch (RuntimeException e) {
                log.warn("Old {} could not be deleted; the next round tries again. tenant={}", what, tenantId, e);
            }
            if (deleted > 0) {
                log.info("Old {} were deleted. tenant={} deleted={}", what, tenantId, deleted);
            }
        }
    }
}
