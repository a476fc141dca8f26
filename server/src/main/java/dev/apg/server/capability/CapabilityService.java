package dev.apg.server.capability;

import dev.apg.contract.capability.About;
import dev.apg.contract.capability.NewCapability;
import dev.apg.contract.capability.NewService;
import dev.apg.contract.capability.Status;
import dev.apg.server.event.Growth;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.grant.Access;
import dev.apg.server.grant.Grant;
import dev.apg.server.grant.Guard;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Changes capabilities themselves, apart from their versions; declares services. */
@Service
class CapabilityService {
    private static final Set<Status> FIRST = EnumSet.of(Status.DISCOVERED, Status.REGISTERED);

    private final Writes writes;
    private final CapabilityRepository capabilities;
    private final VersionRepository versions;
    private final ReferenceRepository references;
    private final CapabilityGuards guards;

    CapabilityService(
            Writes writes,
            CapabilityRepository capabilities,
            VersionRepository versions,
            ReferenceRepository references,
            CapabilityGuards guards) {
        this.writes = writes;
        this.capabilities = capabilities;
        this.versions = versions;
        this.references = references;
        this.guards = guards;
    }

    /**
     * @param ownedBy whose it shall be
     * @throws Rejection 409 if the code is taken
     */
    Written<PublishedCapability> register(TenantContext context, NewCapability wanted, Optional<String> ownedBy) {
        Status status = wanted.status() == null ? Status.REGISTERED : wanted.status();
        if (!FIRST.contains(status)) {
            throw Rejection.invalid(
                    "capability.transition", "status", status.wire(), "discovered or registered, as it is new");
        }
        String code = wanted.capability().toLowerCase(Locale.ROOT);
        context.require(Permission.CAPABILITY_PUBLISH);
        requireReach(context, List.of(code), List.of());
        return writes.write(context, journal -> {
            PublishedCapability capability = CapabilityChanges.fresh(code).with(status);
            if (wanted.about() != null) {
                capability = capability.with(wanted.about());
            }
            Optional<Grant> owner = ownedBy.map(text -> guards.firstOwner(context, text));
            if (owner.isPresent()) {
                capability = capability.with(
                        new About(null, null, null, null, owner.get().name(), null, null));
            }
            if (capabilities.insert(context.tenantId(), List.of(capability)) == 0) {
                throw taken("capability", code);
            }
            journal.grow(Growth.ofCapabilities(1));
            journal.record(Mutations.registered(capability));
            if (owner.isPresent()) {
                guards.guard(context, journal, capability.id(), code, owner.get());
            }
            return present(context, code);
        });
    }

    /** Changes describing fields; what {@code about} leaves out stays. */
    Written<PublishedCapability> describe(TenantContext context, String code, IfMatch ifMatch, About about) {
        return change(context, code, ifMatch, capability -> capability.with(about));
    }

    Written<PublishedCapability> transfer(TenantContext context, String code, IfMatch ifMatch, String owner) {
        var about = new About(null, null, null, null, owner, null, null);
        return change(context, code, ifMatch, capability -> capability.with(about));
    }

    /**
     * @throws Rejection 409 if the status may not follow the present one, or claims a version that is not there
     */
    Written<PublishedCapability> changeStatus(TenantContext context, String code, IfMatch ifMatch, Status status) {
        return change(context, code, ifMatch, capability -> {
            if (capability.status() == status) {
                return capability;
            }
            if (!LifeCycle.following(capability.status()).contains(status)) {
                throw refused("capability.transition", status, CapabilityChanges.allowed(capability.status()));
            }
            if (LifeCycle.needsVersion(status) && !versions.anyUsable(context.tenantId(), capability.id())) {
                throw refused("capability.no_version", status, "a capability with a published version");
            }
            return capability.with(status);
        });
    }

    private Written<PublishedCapability> change(
            TenantContext context, String code, IfMatch ifMatch, UnaryOperator<PublishedCapability> change) {
        context.require(Permission.CAPABILITY_EDIT);
        String known = code.toLowerCase(Locale.ROOT);
        return writes.write(context, journal -> {
            // Changes of one capability follow each other instead of deciding on a state that is about to go.
            Guard guard = capabilities
                    .lock(context.tenantId(), known)
                    .map(held -> guards.of(context, held))
                    .orElseThrow(() -> Rejection.notFound("capability", known));
            PublishedCapability before = present(context, known);
            guards.require(context, Permission.CAPABILITY_EDIT, before.id(), known, guard);
            ifMatch.check(before.edition());
            PublishedCapability after = change.apply(before);
            if (!guard.isOpen() && !after.owner().equals(before.owner())) {
                throw owned(after.owner(), guard);
            }
            return after.equals(before) ? before : store(context, journal, before, after);
        });
    }

    private PublishedCapability store(
            TenantContext context, Journal journal, PublishedCapability before, PublishedCapability after) {
        if (capabilities.update(context.tenantId(), List.of(after)) == 0) {
            throw new OvertakenException("the capability");
        }
        Mutations.changed(before, after).forEach(journal::record);
        return present(context, before.code());
    }

    private PublishedCapability present(TenantContext context, String code) {
        @Nullable
        PublishedCapability capability =
                capabilities.find(context.tenantId(), List.of(code)).get(code);
        if (capability == null) {
            throw Rejection.notFound("capability", code);
        }
        return capability;
    }

    /**
     * @throws Rejection 409 if the code is taken
     */
    Written<ReferenceRepository.ServiceRow> declare(TenantContext context, NewService wanted) {
        context.require(Permission.CAPABILITY_PUBLISH);
        var service = new ReferenceRepository.ServiceRow(
                Ids.next(),
                wanted.service().toLowerCase(Locale.ROOT),
                wanted.description() == null ? "" : wanted.description());
        requireReach(context, List.of(), List.of(service.code()));
        return writes.write(context, journal -> {
            if (references.insertServices(context.tenantId(), List.of(service)) == 0) {
                throw taken("service", service.code());
            }
            journal.grow(service.growth());
            journal.record(Mutations.registered(service));
            return service;
        });
    }

    private static void requireReach(TenantContext context, List<String> capabilities, List<String> services) {
        Optional<PermissionDeniedException> beyond =
                Access.beyondReach(context, Permission.CAPABILITY_PUBLISH, capabilities, services);
        if (beyond.isPresent()) {
            throw beyond.get();
        }
    }

    private static Rejection owned(String owner, Guard guard) {
        String expected = "%s, whose it is: transfer it to a team or a member".formatted(guard.ownerNames());
        return Rejection.conflict(
                "capability.owned",
                "owner: %s (expected: %s)".formatted(owner, expected),
                List.of(Rejection.at("owner", owner, expected, "capability.owned")));
    }

    private static Rejection refused(String code, Status status, String expected) {
        return Rejection.conflict(
                code,
                "status: %s (expected: %s)".formatted(status.wire(), expected),
                List.of(Rejection.at("status", status.wire(), expected, code)));
    }

    private static Rejection taken(String kind, String code) {
        String expected = "a code that no other %s has".formatted(kind);
        return Rejection.conflict(
                kind + ".exists",
                "%s: %s (expected: %s)".formatted(kind, code, expected),
                List.of(Rejection.at(kind, code, expected, kind + ".exists")));
    }
}
