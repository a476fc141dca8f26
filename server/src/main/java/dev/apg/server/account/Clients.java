package dev.apg.server.account;

import dev.apg.contract.account.Client;
import dev.apg.contract.account.CreatedClient;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** A tenant's clients: programs that fetch access tokens for themselves. */
@Service
class Clients {
    private final TenantTransactions transactions;
    private final Writes writes;
    private final ClientRepository clients;
    private final Callers callers;

    Clients(TenantTransactions transactions, Writes writes, ClientRepository clients, Callers callers) {
        this.transactions = transactions;
        this.writes = writes;
        this.clients = clients;
        this.callers = callers;
    }

    /**
     * Makes a client. Its secret is in the answer and nowhere else.
     *
     * @throws Rejection 422 {@code name.reserved}
     */
    Written<CreatedClient> createClient(TenantContext context, String label, Authority authority) {
        context.require(Permission.TOKEN_ADMINISTER);
        authority.requireOf(context);
        ReservedNames.refuse("label", label);
        var id = new ClientId(context.tenantId(), Ids.next());
        ClientSecret secret = ClientSecret.random();
        return writes.write(context, journal -> {
            Client client = clients.insert(id, secret.hash(), label, authority);
            journal.record(mutation("client.created", client));
            return new CreatedClient(client, secret.text());
        });
    }

    /** Revokes a client and all its access tokens with it. Revoking it again changes nothing. */
    Written<UUID> revokeClient(TenantContext context, UUID clientId) {
        context.require(Permission.TOKEN_ADMINISTER);
        Written<UUID> written = writes.write(context, journal -> {
            Optional<Client> revoked = clients.revoke(context.tenantId(), clientId);
            if (revoked.isEmpty() && !clients.exists(context.tenantId(), clientId)) {
                throw Rejection.notFound("client", clientId.toString());
            }
            revoked.ifPresent(client -> journal.record(mutation("client.revoked", client)));
            return clientId;
        });
        callers.forget(new ClientId(context.tenantId(), clientId).key());
        return written;
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
