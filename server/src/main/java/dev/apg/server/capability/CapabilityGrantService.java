package dev.apg.server.capability;

import dev.apg.contract.capability.About;
import dev.apg.contract.team.GrantList;
import dev.apg.contract.team.Level;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.grant.Grants;
import dev.apg.server.grant.Guard;
import dev.apg.server.grant.Subject;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** Says who owns a capability, and who else may change it. */
@Service
class CapabilityGrantService {
    private final CapabilityRepository capabilities;
    private final Grants grants;
    private final TenantTransactions transactions;
    private final Writes writes;

    CapabilityGrantService(
            CapabilityRepository capabilities, Grants grants, TenantTransactions transactions, Writes writes) {
        this.capabilities = capabilities;
        this.grants = grants;
        this.transactions = transactions;
        this.writes = writes;
    }

    GrantList list(TenantContext context, String code) {
        context.require(Permission.CATALOG_READ);
        String known = code.toLowerCase(Locale.ROOT);
        return transactions.read(
                context.tenantId(),
                () -> capabilities.look(context.tenantId(), List.of(known)).stream()
                        .findFirst()
                        .map(held -> grants.list(context, CapabilityGuards.subject(held.id(), known)))
                        .orElseThrow(() -> Rejection.notFound("capability", code)));
    }

    Written<PublishedCapability> transfer(TenantContext context, String code, IfMatch ifMatch, String to) {
        context.require(Permission.CAPABILITY_EDIT);
        return writes.write(context, journal -> {
            Subject subject = lock(context, code);
            ifMatch.check(present(context, subject).edition());
            return settle(context, subject, grants.transfer(context, journal, subject, to));
        });
    }

    Written<GrantList> give(TenantContext context, String code, String to, Level level) {
        return change(context, code, (journal, subject) -> grants.give(context, journal, subject, to, level));
    }

    Written<GrantList> take(TenantContext context, String code, String from) {
        return change(context, code, (journal, subject) -> grants.take(context, journal, subject, from));
    }

    Written<GrantList> open(TenantContext context, String code) {
        return change(context, code, (journal, subject) -> grants.open(context, journal, subject));
    }

    private interface Change {
        Guard apply(Journal journal, Subject subject);
    }

    private Written<GrantList> change(TenantContext context, String code, Change change) {
        context.require(Permission.CAPABILITY_EDIT);
        return writes.write(context, journal -> {
            Subject subject = lock(context, code);
            settle(context, subject, change.apply(journal, subject));
            return grants.list(context, subject);
        });
    }

    private Subject lock(TenantContext context, String code) {
        String known = code.toLowerCase(Locale.ROOT);
        return capabilities
                .lockGrants(context.tenantId(), known)
                .map(held -> CapabilityGuards.subject(held.id(), known))
                .orElseThrow(() -> Rejection.notFound("capability", code));
    }

    /** The row says what the grants say: whether there are any, and whose it is. */
    private PublishedCapability settle(TenantContext context, Subject subject, Guard guard) {
        PublishedCapability before = present(context, subject);
        capabilities.setGuarded(context.tenantId(), List.of(subject.id()), !guard.isOpen());
        if (!guard.isOpen() && !guard.ownerNames().equals(before.owner())) {
            capabilities.update(
                    context.tenantId(),
                    List.of(before.with(new About(null, null, null, null, guard.ownerNames(), null, null))));
        }
        return present(context, subject);
    }

    private PublishedCapability present(TenantContext context, Subject subject) {
        return Objects.requireNonNull(
                capabilities.find(context.tenantId(), List.of(subject.code())).get(subject.code()));
    }
}
