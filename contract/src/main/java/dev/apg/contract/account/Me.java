package dev.apg.contract.account;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who the caller is.
 *
 * @param tenant the tenant's code
 * @param kind {@code account}, {@code token}, {@code client} or {@code pipeline}
 * @param name of the account, or the token's label
 * @param email of an account, if its session asks
 * @param permissions such as {@code capability:publish}
 * @param teams codes of those that the caller belongs to
 * @param csrfToken if a session asks: what {@code X-APG-CSRF} of each change takes that is made with its cookie
 */
public record Me(
        UUID tenantId,
        String tenant,
        UUID id,
        String kind,
        String name,
        @Nullable String email,
        String role,
        List<String> permissions,
        List<String> teams,
        @Nullable String csrfToken) {
    public Me {
        permissions = List.copyOf(permissions);
        teams = List.copyOf(teams);
    }
}
