package dev.apg.server.account;

import dev.apg.server.event.Writes;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Puts out whoever has a session of which a secret is shown that was replaced: who shows it now is not who had the answer with the next
 * one, and whichever of them is the thief may have begun other sessions and made tokens.
 */
@Component
class StolenSessions {
    private static final String WHY = "a secret was shown that had been replaced";

    private final Writes writes;
    private final StandingRepository tenants;
    private final AccountRepository accounts;
    private final Sessions sessions;
    private final Letters letters;

    StolenSessions(
            Writes writes, StandingRepository tenants, AccountRepository accounts, Sessions sessions, Letters letters) {
        this.writes = writes;
        this.tenants = tenants;
        this.accounts = accounts;
        this.sessions = sessions;
        this.letters = letters;
    }

    /** In the name of nobody: who sent the request is what nobody knows. */
    void end(HttpServletRequest request, LiveSession session) {
        UUID tenantId = session.key().tenantId();
        TenantContext stranger = Caller.unproven(tenantId).context(request);
        writes.write(stranger, journal -> {
            int ended = sessions.endOthers(journal, tenantId, session.accountId(), Optional.empty(), WHY);
            if (ended > 0) {
                accounts.find(tenantId, session.accountId())
                        .ifPresent(account -> letters.warnOfTheft(stranger, tenants.code(tenantId), account));
            }
            return ended;
        });
        sessions.forget(tenantId);
    }
}
