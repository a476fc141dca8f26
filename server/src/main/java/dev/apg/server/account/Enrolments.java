package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.server.event.Journal;
import dev.apg.server.tenancy.TenantContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The one way in which an account gets its second factor, whether its person is in already or about to come in. */
@Component
class Enrolments {
    private final StandingRepository tenants;
    private final AccountRepository accounts;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final Letters letters;

    Enrolments(
            StandingRepository tenants,
            AccountRepository accounts,
            SecondFactors factors,
            Sessions sessions,
            Letters letters) {
        this.tenants = tenants;
        this.accounts = accounts;
        this.factors = factors;
        this.sessions = sessions;
        this.letters = letters;
    }

    /**
     * From now on a login needs it; the other sessions, which came in without, end, and the account's tokens are revoked. In the
     * caller's write; {@link Sessions#forget} is to be called afterwards.
     *
     * @param by the person
     * @return recovery codes; empty, if the code is not that of a device with the new secret
     */
    Optional<List<String>> confirm(Journal journal, TenantContext by, Optional<UUID> session, String code) {
        UUID tenantId = by.tenantId();
        // A login that is about to begin a session waits, and then finds that a code is demanded.
        Account self = accounts.lock(tenantId, by.actor().id()).orElseThrow();
        if (!factors.confirm(tenantId, self.id(), code)) {
            return Optional.empty();
        }
        sessions.endOthers(journal, tenantId, self.id(), session, "a second factor");
        journal.record(OwnFactor.mutation("account.factor_added", self));
        letters.warn(by, tenants.code(tenantId), self, "A second factor was added");
        return Optional.of(factors.renewCodes(tenantId, self.id()));
    }
}
