package dev.apg.server.account;

import dev.apg.contract.account.Client;
import dev.apg.contract.account.CreatedClient;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.role.RoleDeletion;
import dev.apg.server.role.Roles;
import dev.apg.server.team.MemberSearch;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** A tenant's clients: programs that fetch access tokens for themselves. */
@Service
class Clients {
    private final TenantTransactions transactions;
    private final Writes writes;
    private final ClientRepository clients;
    private final LoginPolicies policies;
    private final Roles roles;

    Clients(
            TenantTransactions transactions,
            Writes writes,
            ClientRepository clients,
            LoginPolicies policies,
            Roles roles) {
        this.transactions = transactions;
        this.writes = writes;
        this.clients = clients;
        this.policies = policies;
        this.roles = roles;
    }

    /**
     * Makes a client. Its secret is in the answer and nowhere else.
     *
     * @param role the code of one of the tenant's roles
     * @param scopes what the client is left with of what the role may do; null: all of it
     * @throws Rejection 422 {@code role.unknown}; 422 {@code scope.unknown} or {@code scope.beyond_role}; 422 {@code
     *     name.reserved}
     */
    Written<CreatedClient> createClient(
            TenantContext context, String label, String role, @Nullable List<String> scopes) {
        context.require(Permission.TOKEN_ADMINISTER);
        ReservedNames.refuse("label", label);
        var id = new ClientId(context.tenantId(), Ids.next());
        ClientSecret secret = ClientSecret.random();
        return writes.write(context, journal -> {
            Authority authority = Authority.requested(roles.hold(context.tenantId(), role), scopes);
            authority.requireOf(context);
            Client client = clients.insert(id, secret.hash(), label, authority, MachineColumns.issuedBy(context));
            journal.record(mutation("client.created", client));
            return new CreatedClient(client, secret.text());
        });
    }

    /** Revokes a client and all its access tokens with it. Revoking it again changes nothing. */
    Written<UUID> revokeClient(TenantContext context, UUID clientId) {
        context.require(Permission.TOKEN_ADMINISTER);
        return writes.write(context, journal -> {
            revoke(journal, context, clientId);
            return clientId;
        });
    }

    /** In the caller's write. */
    void revoke(Journal journal, TenantContext context, UUID clientId) {
        Optional<Client> revoked = clients.revoke(context.tenantId(), clientId);
        if (revoked.isEmpty() && !clients.exists(context.tenantId(), clientId)) {
            throw Rejection.notFound("client", clientId.toString());
        }
        revoked.ifPresent(client -> {
            Authority.stored(roles.of(context.tenantId(), client.role()), client.scopes())
                    .requireOf(context);
            journal.record(mutation("client.revoked", client));
            if (Authority.isOfAdministrator(client.role(), client.scopes())) {
                policies.requireWayIn(context.tenantId());
            }
        });
    }

    private static Mutation mutation(String type, Client client) {
        return new Mutation(
                type,
                "client",
                client.id(),
                client.label(),
                Map.of("role", client.role()),
                Optional.empty(),
                Optional.of(client));
    }

    @EventListener
    void tellNames(MemberSearch search) {
        clients.labels(search.tenantId(), search.sought(ActorKind.CLIENT)).forEach(search::found);
    }

    @EventListener
    void tellHolders(RoleDeletion deletion) {
        clients.having(deletion.tenantId(), deletion.role()).forEach(label -> deletion.heldBy("the client " + label));
    }

    /** A tenant's clients, revoked ones included, newest first. */
    record ClientList(List<Client> clients, long count) {}

    ClientList listClients(TenantContext context, Optional<UUID> before, int limit) {
        context.require(Permission.TOKEN_ADMINISTER);
        return transactions.read(
                context.tenantId(),
                () -> new ClientList(
                        clients.list(context.tenantId(), before, limit), clients.count(context.tenantId())));
    }
}
