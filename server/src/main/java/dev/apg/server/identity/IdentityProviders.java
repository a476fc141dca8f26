package dev.apg.server.identity;

import dev.apg.contract.identity.IdentityProvider;
import dev.apg.contract.identity.IdentityProviderChange;
import dev.apg.contract.identity.NewIdentityProvider;
import dev.apg.server.account.Accounts;
import dev.apg.server.account.IdentityLogins;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.role.RoleDeletion;
import dev.apg.server.role.Roles;
import dev.apg.server.secret.SecretColumn;
import dev.apg.server.secret.SecretPlace;
import dev.apg.server.secret.Secrets;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** The identity providers of a tenant, in the hands of whoever administers its accounts. */
@Service
class IdentityProviders {
    static final int MOST = 20;

    /** In events and the audit log. */
    static final String KIND = "identity_provider";

    private final ProviderRepository repository;
    private final TenantTransactions transactions;
    private final Writes writes;
    private final Accounts accounts;
    private final IdentityLogins logins;
    private final Roles roles;
    private final Secrets secrets;
    private final SignOnAddresses addresses;
    private final ProviderCalls calls;

    IdentityProviders(
            ProviderRepository repository,
            TenantTransactions transactions,
            Writes writes,
            Accounts accounts,
            IdentityLogins logins,
            Roles roles,
            Secrets secrets,
            SignOnAddresses addresses,
            ProviderCalls calls) {
        this.repository = repository;
        this.transactions = transactions;
        this.writes = writes;
        this.accounts = accounts;
        this.logins = logins;
        this.roles = roles;
        this.secrets = secrets;
        this.addresses = addresses;
        this.calls = calls;
    }

    /** @param tenant its code */
    record ProviderList(String tenant, List<ProviderRow> providers) {}

    ProviderList list(TenantContext context) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        UUID tenantId = context.tenantId();
        return new ProviderList(tenant(context), transactions.read(tenantId, () -> repository.all(tenantId)));
    }

    /** @param tenant its code */
    record Shown(String tenant, ProviderRow provider) {}

    Shown find(TenantContext context, String code) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        UUID tenantId = context.tenantId();
        return new Shown(tenant(context), transactions.read(tenantId, () -> present(tenantId, code)));
    }

    /**
     * @throws Rejection 409 {@code identity_provider.exists}, {@code identity_provider.too_many}; 422
     *     {@code identity_provider.unusable}, if its discovery document cannot be used; 422 {@code role.unknown}
     * @throws PermissionDeniedException if it would give somebody what the maker may not do
     */
    Written<Shown> create(TenantContext context, NewIdentityProvider wanted) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        UUID tenantId = context.tenantId();
        String tenant = tenant(context);
        transactions.read(tenantId, () -> {
            requireFree(tenantId, wanted.code());
            return true;
        });
        calls.require(wanted.issuer());
        UUID id = Ids.next();
        var provider = new ProviderRow(
                id,
                wanted.code(),
                Objects.requireNonNullElse(wanted.displayName(), wanted.code()),
                wanted.issuer(),
                wanted.clientId(),
                seal(tenantId, id, wanted.clientSecret()),
                ProviderRules.of(
                        wanted.scopes(), wanted.claims(), wanted.roles(), wanted.accounts(), wanted.secondFactors()),
                false,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
        return writes.write(context, journal -> {
            requireOwnPower(context, provider.rules());
            requireFactorPower(context, List.of(), provider.rules());
            requireFree(tenantId, wanted.code());
            if (!repository.insert(tenantId, provider)) {
                throw taken(wanted.code());
            }
            ProviderRow made = present(tenantId, wanted.code());
            journal.record(
                    mutation("identity_provider.created", made, Optional.empty(), Optional.of(wire(tenant, made))));
            return new Shown(tenant, made);
        });
    }

    private void requireFree(UUID tenantId, String code) {
        List<ProviderRow> all = repository.all(tenantId);
        if (all.stream().anyMatch(provider -> provider.code().equals(code))) {
            throw taken(code);
        }
        if (all.size() >= MOST) {
            throw Rejection.conflict(
                    "identity_provider.too_many",
                    "The tenant would have %d identity providers (expected: at most %d).".formatted(MOST + 1, MOST));
        }
    }

    private static Rejection taken(String code) {
        return Rejection.conflict(
                "identity_provider.exists", "code: %s is taken (expected: a code that is free)".formatted(code));
    }

    /**
     * @throws Rejection 412; 422 {@code role.unknown}
     * @throws PermissionDeniedException if it gives or gave somebody what the changer may not do
     */
    Written<Shown> change(TenantContext context, String code, IfMatch ifMatch, IdentityProviderChange change) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        UUID tenantId = context.tenantId();
        String tenant = tenant(context);
        Written<Shown> written = writes.write(context, journal -> {
            ProviderRow before = locked(tenantId, code);
            ifMatch.check(before.edition());
            requireOwnPower(context, before.rules());
            ProviderRow wanted = changed(tenantId, before, change);
            boolean same = wire(tenant, wanted).equals(wire(tenant, before));
            if (same && change.clientSecret() == null) {
                return new Shown(tenant, before);
            }
            requireOwnPower(context, wanted.rules());
            requireFactorPower(context, before.rules().secondFactors(), wanted.rules());
            repository.update(tenantId, wanted);
            ProviderRow after = present(tenantId, code);
            journal.record(mutation(
                    "identity_provider.changed",
                    after,
                    Optional.of(wire(tenant, before)),
                    Optional.of(change.clientSecret() == null ? wire(tenant, after) : withOtherSecret(tenant, after))));
            if (after.disabled()) {
                logins.endSessions(journal, tenantId, after.id(), "the identity provider was disabled");
            }
            return new Shown(tenant, after);
        });
        logins.forget(tenantId);
        return written;
    }

    private ProviderRow changed(UUID tenantId, ProviderRow before, IdentityProviderChange change) {
        ProviderRules rules = before.rules();
        return new ProviderRow(
                before.id(),
                before.code(),
                Objects.requireNonNullElse(change.displayName(), before.displayName()),
                before.issuer(),
                Objects.requireNonNullElse(change.clientId(), before.clientId()),
                change.clientSecret() == null
                        ? before.sealedSecret()
                        : seal(tenantId, before.id(), change.clientSecret()),
                ProviderRules.of(
                        Objects.requireNonNullElse(change.scopes(), rules.scopes()),
                        Objects.requireNonNullElse(
                                change.claims(), rules.claims().wire()),
                        Objects.requireNonNullElse(change.roles(), rules.roles()),
                        Objects.requireNonNullElse(change.accounts(), rules.accounts()),
                        Objects.requireNonNullElse(change.secondFactors(), rules.secondFactors())),
                Objects.requireNonNullElse(change.disabled(), before.disabled()),
                before.edition(),
                before.createdAt(),
                before.updatedAt());
    }

    /** The sessions that it began end; the accounts that it made stay, without a way in. */
    Written<String> delete(TenantContext context, String code) {
        context.require(Permission.ACCOUNT_ADMINISTER);
        UUID tenantId = context.tenantId();
        String tenant = tenant(context);
        Written<String> written = writes.write(context, journal -> {
            ProviderRow provider = locked(tenantId, code);
            requireOwnPower(context, provider.rules());
            logins.endSessions(journal, tenantId, provider.id(), "the identity provider was deleted");
            repository.delete(tenantId, provider.id());
            journal.record(mutation(
                    "identity_provider.deleted", provider, Optional.of(wire(tenant, provider)), Optional.empty()));
            return code;
        });
        logins.forget(tenantId);
        return written;
    }

    /**
     * Nobody makes a provider of theirs let somebody do what they may not do themselves; and whoever lets one into accounts that
     * are there already may do all that these may.
     */
    private void requireOwnPower(TenantContext context, ProviderRules rules) {
        rules.given()
                .map(given -> roles.hold(context.tenantId(), given.field(), given.role()))
                .forEach(role -> requireAll(context, role));
        if (rules.links()) {
            requireAll(context, Role.TENANT_ADMINISTRATOR);
        }
    }

    /** What counts as a second factor counts for everybody whom the provider lets in, also for whoever may do more. */
    private static void requireFactorPower(TenantContext context, List<String> before, ProviderRules rules) {
        if (!before.containsAll(rules.secondFactors())) {
            requireAll(context, Role.TENANT_ADMINISTRATOR);
        }
    }

    private static void requireAll(TenantContext context, Role role) {
        role.permitted().forEach(context::require);
    }

    private ProviderRow locked(UUID tenantId, String code) {
        return repository.lock(tenantId, code).orElseThrow(() -> Rejection.notFound("identity_provider", code));
    }

    private ProviderRow present(UUID tenantId, String code) {
        return repository.find(tenantId, code).orElseThrow(() -> Rejection.notFound("identity_provider", code));
    }

    private String tenant(TenantContext context) {
        return accounts.tenantCode(context.tenantId());
    }

    private IdentityProvider wire(String tenant, ProviderRow provider) {
        return addresses.wire(tenant, provider);
    }

    private byte[] seal(UUID tenantId, UUID providerId, String secret) {
        return secrets.seal(place(tenantId, providerId), secret.getBytes(StandardCharsets.UTF_8));
    }

    /** What the provider gave this installation, for asking it. */
    String clientSecret(UUID tenantId, ProviderRow provider) {
        return new String(
                secrets.open(place(tenantId, provider.id()), provider.sealedSecret()), StandardCharsets.UTF_8);
    }

    private static SecretPlace place(UUID tenantId, UUID providerId) {
        return new SecretPlace(tenantId, SecretColumn.IDENTITY_PROVIDER, providerId);
    }

    @EventListener
    void tellHolders(RoleDeletion deletion) {
        repository
                .giving(deletion.tenantId(), deletion.role())
                .forEach(code -> deletion.heldBy("the people of the identity provider " + code));
    }

    /** What the secret is, nobody reads in the audit log; that it is another one, everybody shall. */
    private Object withOtherSecret(String tenant, ProviderRow after) {
        return Map.of("provider", wire(tenant, after), "client_secret", "another one");
    }

    private static Mutation mutation(
            String type, ProviderRow provider, Optional<Object> before, Optional<Object> after) {
        return new Mutation(type, KIND, provider.id(), provider.code(), Map.of(), before, after);
    }
}
