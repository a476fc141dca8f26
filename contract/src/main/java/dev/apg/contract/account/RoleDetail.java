package dev.apg.contract.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody with this role may do.
 *
 * @param builtIn whether every tenant has it, and nobody can change it
 * @param createdAt absent for one that every tenant has
 * @param updatedAt likewise
 */
public record RoleDetail(
        String code,
        String description,
        List<String> permissions,
        boolean builtIn,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    public RoleDetail {
        permissions = List.copyOf(permissions);
    }
}
