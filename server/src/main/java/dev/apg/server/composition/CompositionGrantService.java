package dev.apg.server.composition;

import dev.apg.contract.composition.DescribeComposition;
import dev.apg.contract.team.GrantList;
import dev.apg.contract.team.Level;
import dev.apg.server.composition.Descriptions.Description;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.grant.Grant;
import dev.apg.server.grant.Grants;
import dev.apg.server.grant.Guard;
import dev.apg.server.grant.Subject;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Says who owns a composition, and who else may read and change it. */
@Service
class CompositionGrantService {
    private final CompositionRepository compositions;
    private final CompositionGuards guards;
    private final Grants grants;
    private final TenantTransactions transactions;
    private final Writes writes;

    CompositionGrantService(
            CompositionRepository compositions,
            CompositionGuards guards,
            Grants grants,
            TenantTransactions transactions,
            Writes writes) {
        this.compositions = compositions;
        this.guards = guards;
        this.grants = grants;
        this.transactions = transactions;
        this.writes = writes;
    }

    GrantList list(TenantContext context, String code) {
        context.require(Permission.COMPOSITION_READ);
        UUID tenant = context.tenantId();
        return transactions.read(
                tenant,
                () -> compositions
                        .find(tenant, Reader.of(context), DraftSyntax.lower(code))
                        .map(row -> grants.list(context, CompositionGuards.subject(row.id(), row.code())))
                        .orElseThrow(() -> guards.unknown(context, code)));
    }

    Written<CompositionRow> transfer(TenantContext context, String code, IfMatch ifMatch, String to) {
        context.require(Permission.COMPOSITION_EDIT);
        return writes.write(context, journal -> {
            CompositionRow row = lock(context, code);
            ifMatch.check(row.edition());
            settle(
                    context,
                    row,
                    grants.transfer(context, journal, CompositionGuards.subject(row.id(), row.code()), to));
            return compositions.reread(context.tenantId(), row.code());
        });
    }

    /** Guards one that the caller's transaction has just made. */
    void own(TenantContext context, Journal journal, CompositionRow made, String ownedBy) {
        Grant owner = grants.firstOwner(context, Subject.Kind.COMPOSITION, ownedBy);
        grants.guard(context, journal, CompositionGuards.subject(made.id(), made.code()), owner);
        settle(context, made, new Guard(List.of(owner)));
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
        context.require(Permission.COMPOSITION_EDIT);
        return writes.write(context, journal -> {
            CompositionRow row = lock(context, code);
            Subject subject = CompositionGuards.subject(row.id(), row.code());
            Guard before = grants.guard(context.tenantId(), subject);
            Guard after = change.apply(journal, subject);
            if (!after.equals(before)) {
                settle(context, row, after);
            }
            return grants.list(context, subject);
        });
    }

    /** Whoever may not read it does not learn that it is there; what an owner may do, the grants decide. */
    private CompositionRow lock(TenantContext context, String code) {
        CompositionRow row = compositions
                .lock(context.tenantId(), DraftSyntax.lower(code))
                .orElseThrow(() -> guards.unknown(context, code));
        guards.require(context, Permission.COMPOSITION_EDIT, row.id(), row.code(), Level.READ);
        return row;
    }

    /** The row says what the grants say: whether there are any, and whose it is. */
    private void settle(TenantContext context, CompositionRow row, Guard guard) {
        Description before = Description.of(row);
        Description after =
                guard.isOpen() ? before : before.with(new DescribeComposition(null, null, null, guard.ownerNames()));
        compositions.setGuarded(context.tenantId(), row.id(), !guard.isOpen());
        if (!after.equals(before)) {
            compositions.describe(context.tenantId(), row.id(), after);
        }
    }
}
