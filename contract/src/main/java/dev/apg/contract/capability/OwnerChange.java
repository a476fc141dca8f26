package dev.apg.contract.capability;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Hands something over to another owner, one of the two.
 *
 * @param owner whom to ask, of something that nobody owns; it gives nobody anything
 * @param ownedBy whose it is from now on: {@code team:CODE}, {@code token:ID}, {@code client:ID}, {@code account:ID} or
 *     {@code me}
 */
public record OwnerChange(
        @Nullable @VisibleText @Size(min = 1, max = 100) String owner,

        @Nullable
        @Pattern(
                regexp = "me|(team|token|client|pipeline|account):[a-z0-9][a-z0-9._-]{0,99}",
                message = "team:CODE, token:ID, client:ID, pipeline:ID, account:ID or me")
        String ownedBy) {}
