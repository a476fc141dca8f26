package dev.apg.contract.account;

import java.util.List;
import java.util.UUID;

/**
 * Who the caller is.
 *
 * @param tenant the tenant's code
 * @param name of the account, or the token's label
 * @param permissions such as {@code capability:publish}
 */
public record Me(UUID tenantId, String tenant, UUID id, String name, String role, List<String> permissions) {
    public Me {
        permissions = List.copyOf(permissions);
    }
}
