package dev.apg.server.capability;

import dev.apg.contract.team.Level;
import dev.apg.server.event.Journal;
import dev.apg.server.grant.Access;
import dev.apg.server.grant.Grant;
import dev.apg.server.grant.Grants;
import dev.apg.server.grant.Guard;
import dev.apg.server.grant.Subject;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.tenancy.TenantContext;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What guards capabilities; inside a transaction that holds them. */
@Component
class CapabilityGuards {
    private final Grants grants;
    private final CapabilityRepository capabilities;

    CapabilityGuards(Grants grants, CapabilityRepository capabilities) {
        this.grants = grants;
        this.capabilities = capabilities;
    }

    Guard of(TenantContext context, CapabilityRepository.Held held) {
        return held.guarded() ? grants.guard(context.tenantId(), subject(held.id(), held.code())) : Guard.OPEN;
    }

    /** @throws PermissionDeniedException if it is somebody else's */
    void require(TenantContext context, Permission permission, UUID id, String code, Guard guard) {
        Access.require(context, permission, subject(id, code), guard, Level.EDIT);
    }

    Grant firstOwner(TenantContext context, String ownedBy) {
        return grants.firstOwner(context, Subject.Kind.CAPABILITY, ownedBy);
    }

    /** Guards one that was just made. */
    void guard(TenantContext context, Journal journal, UUID id, String code, Grant owner) {
        grants.guard(context, journal, subject(id, code), owner);
        capabilities.setGuarded(context.tenantId(), List.of(id), true);
    }

    static Subject subject(UUID id, String code) {
        return new Subject(Subject.Kind.CAPABILITY, id, code);
    }
}
