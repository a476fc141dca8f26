package dev.apg.contract.tenant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant.
 *
 * @param reason why it is suspended or deleted
 * @param erasedAt not before this time its data is erased, if it is being deleted
 * @param edition counts the changes of its state, its quotas and its rates; what {@code If-Match} takes
 */
public record Tenant(
        UUID id,
        String code,
        String name,
        TenantState state,
        @Nullable String reason,
        @Nullable Instant erasedAt,
        Usage usage,
        Quotas quotas,
        Rates rates,
        long edition,
        Instant createdAt) {}
