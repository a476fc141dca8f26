package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.contract.account.IssuedMachine;
import dev.apg.contract.account.IssuedMachines;
import dev.apg.server.account.pipeline.Pipelines;
import dev.apg.server.event.Journal;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The tokens, clients and pipelines that people have made, which stay when the person goes; inside the caller's transaction. */
@Component
class IssuedByPeople {
    private static final int SHOWN = 100;

    private final IssuedRepository repository;
    private final Accounts tokens;
    private final Clients clients;
    private final Pipelines pipelines;

    IssuedByPeople(IssuedRepository repository, Accounts tokens, Clients clients, Pipelines pipelines) {
        this.repository = repository;
        this.tokens = tokens;
        this.clients = clients;
        this.pipelines = pipelines;
    }

    /** The account with what its person has made, for whoever may list that. */
    Account show(TenantContext context, Account account) {
        if (!context.actor().permits(Permission.TOKEN_ADMINISTER)) {
            return account;
        }
        List<IssuedMachine> good = repository.good(context.tenantId(), account.id());
        return account.with(new IssuedMachines(good.stream().limit(SHOWN).toList(), good.size()));
    }

    /** All that is good of it, or nothing, if the caller may not revoke one of them. */
    void revoke(Journal journal, TenantContext context, UUID accountId) {
        context.require(Permission.TOKEN_ADMINISTER);
        for (IssuedMachine machine : repository.good(context.tenantId(), accountId)) {
            switch (machine.kind()) {
                case TOKEN -> tokens.revoke(journal, context, machine.id());
                case CLIENT -> clients.revoke(journal, context, machine.id());
                case PIPELINE -> pipelines.revoke(journal, context, machine.id());
            }
        }
    }
}
