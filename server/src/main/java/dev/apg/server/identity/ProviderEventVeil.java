package dev.apg.server.identity;

import dev.apg.contract.event.EventDocument;
import dev.apg.server.event.EventReading;
import dev.apg.server.tenancy.Permission;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Whoever may not list identity providers does not learn of them from the event log either. */
@Component
class ProviderEventVeil {
    @EventListener
    void veil(EventReading reading) {
        if (!reading.reader().actor().permits(Permission.ACCOUNT_ADMINISTER)) {
            reading.hide(reading.events().stream()
                    .filter(event -> event.subjectKind().equals(IdentityProviders.KIND))
                    .map(EventDocument::subjectId)
                    .toList());
        }
    }
}
