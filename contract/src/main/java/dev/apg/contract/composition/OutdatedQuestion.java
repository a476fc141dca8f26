package dev.apg.contract.composition;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * Asks what newer versions there are.
 *
 * @param revision whose lock is looked at; absent: the newest one, or what the draft resolves to if there is none
 * @param stepBudget how much work all searches together may do; absent: 50,000,000
 */
public record OutdatedQuestion(
        @Nullable @Min(1) Integer revision,
        @Nullable @Min(1) @Max(500_000_000) Long stepBudget) {
    public static final OutdatedQuestion DEFAULT = new OutdatedQuestion(null, null);
}
