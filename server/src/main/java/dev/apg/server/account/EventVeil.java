package dev.apg.server.account;

import dev.apg.contract.event.EventDocument;
import dev.apg.server.event.EventReading;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Whoever may not list people and machines does not learn from the event log either who and what they are. */
@Component
class EventVeil {
    private static final Map<String, Permission> LISTED_WITH = Map.of(
            "account", Permission.ACCOUNT_ADMINISTER,
            "session", Permission.ACCOUNT_ADMINISTER,
            "personal_token", Permission.ACCOUNT_ADMINISTER,
            "token", Permission.TOKEN_ADMINISTER,
            "client", Permission.TOKEN_ADMINISTER,
            "pipeline", Permission.TOKEN_ADMINISTER);

    @EventListener
    void veil(EventReading reading) {
        reading.hide(reading.events().stream()
                .filter(event -> isKeptFrom(reading.reader(), event))
                .map(EventDocument::subjectId)
                .toList());
    }

    private static boolean isKeptFrom(TenantContext reader, EventDocument event) {
        Permission needed = LISTED_WITH.get(event.subjectKind());
        return needed != null && !reader.actor().permits(needed);
    }
}
