package dev.apg.server.tenant;

import dev.apg.contract.account.IssuedToken;
import dev.apg.contract.tenant.CreatedTenant;
import dev.apg.contract.tenant.NewTenant;
import dev.apg.contract.tenant.Quotas;
import dev.apg.contract.tenant.Rates;
import dev.apg.contract.tenant.Tenant;
import dev.apg.contract.tenant.TenantState;
import dev.apg.server.account.Accounts;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.EveryTenant;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantChanged;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Makes tenants, bounds, suspends and deletes them, in the name of whoever runs the installation. */
@Service
public class Tenants {
    /** For making other ways in: it lies where it was printed, and belongs to nobody. */
    private static final Duration FIRST_TOKEN = Duration.ofDays(7);

    private final TenantTransactions transactions;
    private final EveryTenant every;
    private final Writes writes;
    private final TenantRepository repository;
    private final Accounts accounts;
    private final ApplicationEventPublisher publisher;

    Tenants(
            TenantTransactions transactions,
            EveryTenant every,
            Writes writes,
            TenantRepository repository,
            Accounts accounts,
            ApplicationEventPublisher publisher) {
        this.transactions = transactions;
        this.every = every;
        this.writes = writes;
        this.repository = repository;
        this.accounts = accounts;
        this.publisher = publisher;
    }

    /**
     * @return with the token of the first administrator
     * @throws Rejection 409 {@code tenant.exists}, if the code is taken
     */
    public Written<CreatedTenant> create(PlatformContext context, NewTenant wanted) {
        UUID tenantId = Ids.next();
        String name = Objects.requireNonNullElse(wanted.name(), wanted.code());
        Tenant made = writes.write(context.of(tenantId), journal -> {
                    if (!insert(journal, tenantId, wanted.code(), name)) {
                        throw Rejection.conflict(
                                "tenant.exists",
                                "code: %s is taken (expected: a code that is free)".formatted(wanted.code()));
                    }
                    return wanted.quotas() == null
                            ? repository.get(tenantId)
                            : repository.setQuotas(tenantId, 1, wanted.quotas()).orElseThrow();
                })
                .value();
        PlatformActs.tell(context, "tenant.created", made);
        Written<IssuedToken> token = issueToken(context, tenantId);
        return new Written<>(new CreatedTenant(made, token.value()), token.cursor());
    }

    /** A tenant with this very id, made if it is not there. */
    public void ensure(PlatformContext context, UUID tenantId, String code, String name) {
        writes.write(context.of(tenantId), journal -> insert(journal, tenantId, code, name));
    }

    private boolean insert(Journal journal, UUID tenantId, String code, String name) {
        boolean made = repository.insert(tenantId, code, name);
        if (made) {
            journal.record(new Mutation(
                    "tenant.created",
                    "tenant",
                    tenantId,
                    code,
                    Map.of(),
                    Optional.empty(),
                    Optional.of(Map.of("name", name))));
        }
        return made;
    }

    /** A new token of an administrator: the only way back for a tenant that has lost all of them. */
    Written<IssuedToken> issueToken(PlatformContext context, String code) {
        Tenant tenant = find(code);
        Written<IssuedToken> issued = unlessOver(code, () -> issueToken(context, tenant.id()));
        PlatformActs.tell(context, "token.issued", tenant);
        return issued;
    }

    private Written<IssuedToken> issueToken(PlatformContext context, UUID tenantId) {
        return accounts.issueToken(
                context.of(tenantId),
                "first administrator",
                Role.TENANT_ADMINISTRATOR,
                Optional.of(Instant.now().plus(FIRST_TOKEN)));
    }

    /** A page of all tenants, and how many there are. */
    record TenantList(List<Tenant> tenants, long count) {}

    TenantList list(Optional<UUID> after, int limit) {
        return every.see(() -> new TenantList(repository.page(after, limit), repository.count()));
    }

    /** @throws Rejection 404 {@code tenant.not_found} */
    Tenant find(String code) {
        return every.see(() -> repository.find(code)).orElseThrow(() -> Rejection.notFound("tenant", code));
    }

    /** The caller's own. */
    Tenant own(TenantContext context) {
        return transactions.read(context.tenantId(), () -> repository.get(context.tenantId()));
    }

    /**
     * Members can do nothing from then on. Doing it again replaces the reason.
     *
     * @throws Rejection 409 {@code tenant.deleting}: a suspension would call the deletion back
     */
    Written<Tenant> suspend(PlatformContext context, String code, String reason) {
        return change(context, code, "tenant.suspended", TenantState.SUSPENDED, reason, null);
    }

    /**
     * As before a suspension or a deletion.
     *
     * @throws Rejection 409 {@code tenant.over}, as of everything that is done to a tenant: when its time is over, nothing leads
     *     back, for some of its data may be erased already
     */
    Written<Tenant> resume(PlatformContext context, String code) {
        return change(context, code, "tenant.resumed", TenantState.ACTIVE, null, null);
    }

    /** Members can read, and so export, for as long; then everything is erased. Doing it again replaces reason and time. */
    Written<Tenant> delete(PlatformContext context, String code, String reason, Duration grace) {
        Instant erasedAt = Instant.now().plus(grace).truncatedTo(ChronoUnit.SECONDS);
        return change(context, code, "tenant.deleted", TenantState.DELETING, reason, erasedAt);
    }

    private Written<Tenant> change(
            PlatformContext context,
            String code,
            String type,
            TenantState state,
            @Nullable String reason,
            @Nullable Instant erasedAt) {
        UUID tenantId = find(code).id();
        Written<Tenant> written = unlessOver(
                code,
                () -> writes.write(context.of(tenantId), journal -> {
                    Tenant before = repository.take(tenantId);
                    if (before.state() == state && state == TenantState.ACTIVE) {
                        return before;
                    }
                    requireWay(before, state);
                    Tenant after = repository.setState(tenantId, state, reason, erasedAt);
                    journal.record(mutation(type, before, after));
                    return after;
                }));
        PlatformActs.tell(context, type, written.value());
        publisher.publishEvent(new TenantChanged(tenantId));
        return written;
    }

    private static void requireWay(Tenant before, TenantState to) {
        if (before.state() == TenantState.ERASING) {
            throw new TenantGoneException();
        }
        if (before.state() == TenantState.DELETING && to == TenantState.SUSPENDED) {
            throw Rejection.conflict(
                    "tenant.deleting",
                    "%s is deleted and will be erased from %s on; a suspension would call that back (expected: to resume it first)"
                            .formatted(before.code(), before.erasedAt()));
        }
    }

    private static <T> T unlessOver(String code, Supplier<T> work) {
        try {
            return work.get();
        } catch (TenantGoneException over) {
            throw Rejection.conflict(
                    "tenant.over",
                    "%s was deleted, its time is over and its data is being erased; nothing can be done to it any more (expected: a tenant that is there)"
                            .formatted(code));
        }
    }

    /** @throws Rejection 412, if the tenant was changed meanwhile */
    Written<Tenant> setQuotas(PlatformContext context, String code, IfMatch ifMatch, Quotas quotas) {
        return bound(
                context,
                code,
                ifMatch,
                before -> before.quotas().equals(quotas),
                before -> repository.setQuotas(before.id(), before.edition(), quotas));
    }

    /** @throws Rejection 412, if the tenant was changed meanwhile */
    Written<Tenant> setRates(PlatformContext context, String code, IfMatch ifMatch, Rates rates) {
        return bound(
                context,
                code,
                ifMatch,
                before -> before.rates().equals(rates),
                before -> repository.setRates(before.id(), before.edition(), rates));
    }

    private Written<Tenant> bound(
            PlatformContext context,
            String code,
            IfMatch ifMatch,
            Predicate<Tenant> isSo,
            Function<Tenant, Optional<Tenant>> change) {
        UUID tenantId = find(code).id();
        Written<Tenant> written = unlessOver(
                code,
                () -> writes.write(context.of(tenantId), journal -> {
                    Tenant before = repository.get(tenantId);
                    ifMatch.check(before.edition());
                    if (isSo.test(before)) {
                        return before;
                    }
                    Tenant after = change.apply(before)
                            .orElseThrow(() -> Rejection.stale(
                                    "The tenant was changed meanwhile (expected: its present edition)"));
                    journal.record(mutation("tenant.bounded", before, after));
                    return after;
                }));
        PlatformActs.tell(context, "tenant.bounded", written.value());
        return written;
    }

    private static Mutation mutation(String type, Tenant before, Tenant after) {
        return new Mutation(
                type,
                "tenant",
                after.id(),
                after.code(),
                Map.of("state", after.state()),
                Optional.of(before),
                Optional.of(after));
    }
}
