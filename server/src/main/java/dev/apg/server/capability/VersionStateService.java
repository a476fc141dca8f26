package dev.apg.server.capability;

import dev.apg.contract.capability.StateChange;
import dev.apg.contract.capability.VersionState;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Puts versions into other states. Their content never changes; a purge removes it. */
@Service
class VersionStateService {
    private final Writes writes;
    private final VersionRepository versions;
    private final VersionReads reads;
    private final CapabilityRepository capabilities;
    private final CapabilityGuards guards;
    private final ApplicationEventPublisher listeners;

    VersionStateService(
            Writes writes,
            VersionRepository versions,
            VersionReads reads,
            CapabilityRepository capabilities,
            CapabilityGuards guards,
            ApplicationEventPublisher listeners) {
        this.capabilities = capabilities;
        this.guards = guards;
        this.writes = writes;
        this.versions = versions;
        this.reads = reads;
        this.listeners = listeners;
    }

    /**
     * Changing to the present state with the same reason changes nothing.
     *
     * @return the revisions whose bundles were erased, because they held the content of a version that was purged
     */
    Written<List<String>> change(TenantContext context, VersionKey key, IfMatch ifMatch, StateChange change) {
        VersionState wanted = change.state().state();
        context.require(wanted == VersionState.PURGED ? Permission.CAPABILITY_PURGE : Permission.CAPABILITY_EDIT);
        if (change.reason() == null && wanted != VersionState.PUBLISHED) {
            throw Rejection.invalid("reason.missing", "reason", null, "why the version is " + wanted.wire());
        }
        return writes.write(context, journal -> {
            capabilities
                    .hold(context.tenantId(), List.of(key.capability()))
                    .forEach(held -> guards.require(
                            context,
                            wanted == VersionState.PURGED ? Permission.CAPABILITY_PURGE : Permission.CAPABILITY_EDIT,
                            held.id(),
                            key.capability(),
                            guards.of(context, held)));
            VersionRepository.@Nullable Known known =
                    versions.find(context.tenantId(), List.of(key)).get(key);
            if (known == null) {
                throw reads.unknown(context.tenantId(), key);
            }
            ifMatch.check(known.edition());
            if (known.state() == wanted && Objects.equals(known.reason(), change.reason())) {
                return List.of();
            }
            LifeCycle.requireAllowed(known.state(), wanted);
            if (!versions.setState(context.tenantId(), known, wanted, change.reason())) {
                throw new OvertakenException("the version's state");
            }
            journal.record(Mutations.stateChanged(known, key, wanted, change.reason()));
            return wanted == VersionState.PURGED
                    ? purge(context, journal, known, key, String.valueOf(change.reason()))
                    : List.of();
        });
    }

    private List<String> purge(
            TenantContext context, Journal journal, VersionRepository.Known known, VersionKey key, String reason) {
        var purge = new VersionPurge(context, journal, known.id(), key, reason);
        listeners.publishEvent(purge);
        return List.copyOf(purge.bundles());
    }
}
