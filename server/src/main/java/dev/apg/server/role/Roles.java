package dev.apg.server.role;

import dev.apg.contract.account.NewRole;
import dev.apg.contract.account.RoleChange;
import dev.apg.contract.account.RoleDetail;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The roles of a tenant: those that every tenant has, and its own. */
@Service
public class Roles {
    /** Of a tenant's own. */
    static final int MOST = 100;

    /** Holders that a refusal names. */
    private static final int MOST_NAMED = 5;

    private final RoleRepository repository;
    private final TenantTransactions transactions;
    private final Writes writes;
    private final ApplicationEventPublisher listeners;

    Roles(
            RoleRepository repository,
            TenantTransactions transactions,
            Writes writes,
            ApplicationEventPublisher listeners) {
        this.repository = repository;
        this.transactions = transactions;
        this.writes = writes;
        this.listeners = listeners;
    }

    /** The role of somebody who has it, in a transaction of the tenant; one that is not there gives nothing. */
    public Role of(UUID tenantId, String code) {
        return Role.parse(code)
                .or(() -> repository.find(tenantId, code).map(RoleRow::role))
                .orElseGet(() -> Role.stored(code, List.of()));
    }

    /** The same; it stays as it is until the transaction ends. */
    public Role keep(UUID tenantId, String code) {
        return Role.parse(code)
                .or(() -> repository.hold(tenantId, code).map(RoleRow::role))
                .orElseGet(() -> Role.stored(code, List.of()));
    }

    /**
     * The role to be given to somebody; it stays as it is until the transaction ends.
     *
     * @throws Rejection 422 {@code role.unknown}
     */
    public Role hold(UUID tenantId, String code) {
        return hold(tenantId, "role", code);
    }

    /** The same, of a request that names it in another field. */
    public Role hold(UUID tenantId, String field, String code) {
        return Role.parse(code)
                .or(() -> repository.hold(tenantId, code).map(RoleRow::role))
                .orElseThrow(() -> Rejection.invalid("role.unknown", field, code, "one of " + codes(tenantId)));
    }

    private String codes(UUID tenantId) {
        return Stream.concat(
                        Role.OF_TENANTS.stream().map(Role::wire),
                        repository.all(tenantId).stream().map(row -> row.role().wire()))
                .collect(Collectors.joining(", "));
    }

    /** Those that every tenant has, and then its own by code. */
    List<RoleDetail> list(TenantContext context) {
        context.require(Permission.CATALOG_READ);
        List<RoleRow> own = transactions.read(context.tenantId(), () -> repository.all(context.tenantId()));
        return Stream.concat(
                        Role.OF_TENANTS.stream().map(BuiltInRoles::detail),
                        own.stream().map(RoleRow::detail))
                .toList();
    }

    /**
     * A role as it is.
     *
     * @param edition 0 for one that every tenant has
     */
    record Shown(RoleDetail detail, long edition) {
        static Shown of(RoleRow row) {
            return new Shown(row.detail(), row.edition());
        }
    }

    Shown find(TenantContext context, String code) {
        context.require(Permission.CATALOG_READ);
        return Role.parse(code)
                .map(role -> new Shown(BuiltInRoles.detail(role), 0))
                .or(() -> transactions
                        .read(context.tenantId(), () -> repository.find(context.tenantId(), code))
                        .map(Shown::of))
                .orElseThrow(() -> Rejection.notFound("role", code));
    }

    /**
     * @throws Rejection 409 {@code role.exists}, {@code role.too_many}; 422 {@code permission.unknown}
     * @throws PermissionDeniedException naming the first permission that the maker does not have
     */
    Written<Shown> create(TenantContext context, NewRole wanted) {
        context.require(Permission.ROLE_ADMINISTER);
        Role role = requested(context, wanted.code(), wanted.permissions());
        UUID tenantId = context.tenantId();
        return writes.write(context, journal -> {
            int roles = repository.holdAll(tenantId) + 1;
            if (roles > MOST) {
                throw Rejection.conflict(
                        "role.too_many",
                        "The tenant would have %d roles of its own (expected: at most %d).".formatted(roles, MOST));
            }
            if (Role.parse(role.wire()).isPresent()
                    || role.wire().equals(Role.PLATFORM.wire())
                    || !repository.insert(
                            tenantId, Ids.next(), role, Objects.requireNonNullElse(wanted.description(), ""))) {
                throw Rejection.conflict(
                        "role.exists", "code: %s is taken (expected: a code that is free)".formatted(role.wire()));
            }
            RoleRow made = repository.find(tenantId, role.wire()).orElseThrow();
            journal.record(mutation("role.created", made, Optional.empty(), Optional.of(made.detail())));
            return Shown.of(made);
        });
    }

    /**
     * What whoever has the role may do is another from then on, on every node.
     *
     * @throws PermissionDeniedException naming the first permission of the role, as it was or is to be, that the caller does not have
     */
    Written<Shown> change(TenantContext context, String code, IfMatch ifMatch, RoleChange change) {
        context.require(Permission.ROLE_ADMINISTER);
        UUID tenantId = context.tenantId();
        return writes.write(context, journal -> {
            RoleRow before = lock(context, code);
            ifMatch.check(before.edition());
            var wanted = new RoleRow(
                    before.id(),
                    change.permissions() == null ? before.role() : requested(context, code, change.permissions()),
                    change.description() == null ? before.description() : change.description(),
                    before.edition(),
                    before.createdAt(),
                    before.updatedAt());
            if (wanted.equals(before)) {
                return Shown.of(before);
            }
            repository.update(tenantId, wanted);
            RoleRow after = repository.find(tenantId, code).orElseThrow();
            journal.record(mutation("role.changed", after, Optional.of(before.detail()), Optional.of(after.detail())));
            listeners.publishEvent(new RoleRewritten(journal, tenantId, before.role(), after.role()));
            return Shown.of(after);
        });
    }

    /**
     * @throws Rejection 409 {@code role.in_use}, naming who has it
     * @throws PermissionDeniedException naming the first permission of the role that the caller does not have
     */
    Written<String> delete(TenantContext context, String code) {
        context.require(Permission.ROLE_ADMINISTER);
        UUID tenantId = context.tenantId();
        return writes.write(context, journal -> {
            RoleRow role = lock(context, code);
            var deletion = new RoleDeletion(tenantId, code);
            listeners.publishEvent(deletion);
            requireUnused(code, deletion.holders());
            repository.delete(tenantId, role.id());
            journal.record(mutation("role.deleted", role, Optional.of(role.detail()), Optional.empty()));
            return code;
        });
    }

    private static void requireUnused(String code, List<String> holders) {
        if (!holders.isEmpty()) {
            int more = holders.size() - MOST_NAMED;
            throw Rejection.conflict(
                    "role.in_use",
                    "role: %s is that of %s%s (expected: a role that nobody has)"
                            .formatted(
                                    code,
                                    holders.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")),
                                    more > 0 ? " and %d more".formatted(more) : ""));
        }
    }

    /** Nobody touches a role that may do what they may not. */
    private RoleRow lock(TenantContext context, String code) {
        if (Role.parse(code).isPresent()) {
            throw Rejection.conflict(
                    "role.built_in",
                    "role: every tenant has %s (expected: a role that the tenant made)".formatted(code));
        }
        RoleRow role = repository.lock(context.tenantId(), code).orElseThrow(() -> Rejection.notFound("role", code));
        role.role().permitted().forEach(context::require);
        return role;
    }

    /** Nobody makes a role that may do what they may not: they could give it to a token of theirs. */
    private static Role requested(TenantContext context, String code, List<String> permissions) {
        for (int i = 0; i < permissions.size(); i++) {
            String wire = permissions.get(i);
            @Nullable
            Permission permission = Permission.parse(wire)
                    .filter(Role.TENANT_ADMINISTRATOR::permits)
                    .orElse(null);
            if (permission == null) {
                throw unknown("permissions[%d]".formatted(i), wire);
            }
            context.require(permission);
        }
        return Role.stored(code, permissions);
    }

    private static Rejection unknown(String field, String wire) {
        return Rejection.invalid(
                "permission.unknown",
                field,
                wire,
                Arrays.stream(Permission.values())
                        .filter(Role.TENANT_ADMINISTRATOR::permits)
                        .map(Permission::wire)
                        .collect(Collectors.joining(", ", "one of ", "")));
    }

    private static Mutation mutation(String type, RoleRow role, Optional<Object> before, Optional<Object> after) {
        return new Mutation(type, "role", role.id(), role.role().wire(), Map.of(), before, after);
    }
}
