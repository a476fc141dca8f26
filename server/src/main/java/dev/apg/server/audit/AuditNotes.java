package dev.apg.server.audit;

import dev.apg.contract.WireJson;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes down what changes nothing and so leaves no event, in a transaction of its own: exports, refusals. */
@Component
public class AuditNotes {
    private final AuditLog log;
    private final TenantTransactions transactions;

    AuditNotes(AuditLog log, TenantTransactions transactions) {
        this.log = log;
        this.transactions = transactions;
    }

    /**
     * Somebody took data out.
     *
     * @param action such as {@code catalogue.exported}
     * @param state what is kept of it: how much it was, in which format
     */
    public void noteExport(TenantContext context, String action, Map<String, Object> state) {
        note(
                context,
                new AuditLog.Entry(
                        context,
                        action,
                        "tenant",
                        context.tenantId().toString(),
                        Optional.empty(),
                        Optional.of(WireJson.MAPPER.writeValueAsString(state))));
    }

    void note(TenantContext context, AuditLog.Entry entry) {
        transactions.write(context.tenantId(), () -> {
            log.append(context.tenantId(), List.of(entry));
            return entry;
        });
    }
}
