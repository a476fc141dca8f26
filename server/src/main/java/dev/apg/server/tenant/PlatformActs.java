package dev.apg.server.tenant;

import dev.apg.contract.tenant.Tenant;
import dev.apg.server.tenancy.PlatformContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the program's log what whoever runs the installation does to a tenant, as soon as it is done. The tenant's audit log has it,
 * too, but goes with the tenant, perhaps before its last entries are sealed and told.
 */
final class PlatformActs {
    private static final Logger stream = LoggerFactory.getLogger("dev.apg.audit");

    private PlatformActs() {}

    static void tell(PlatformContext context, String action, Tenant tenant) {
        stream.atInfo()
                .addKeyValue("tenant", tenant.id())
                .addKeyValue("actor_kind", PlatformContext.ACTOR.kind().wire())
                .addKeyValue("actor", PlatformContext.ACTOR.name())
                .addKeyValue("action", action)
                .addKeyValue("target_kind", "tenant")
                .addKeyValue("target", tenant.code())
                .addKeyValue("reason", tenant.reason())
                .addKeyValue("erased_at", tenant.erasedAt())
                .addKeyValue("request_id", context.requestId())
                .addKeyValue("address", context.address().orElse(null))
                .log("Platform: {} of {}.", action, tenant.code());
    }

    /** The last that is heard of it. */
    static void tellErased(Tenant tenant, long rows) {
        stream.atInfo()
                .addKeyValue("tenant", tenant.id())
                .addKeyValue("action", "tenant.erased")
                .addKeyValue("target_kind", "tenant")
                .addKeyValue("target", tenant.code())
                .addKeyValue("reason", tenant.reason())
                .addKeyValue("erased_at", tenant.erasedAt())
                .addKeyValue("rows", rows)
                .log("Platform: tenant.erased of {}.", tenant.code());
    }
}
