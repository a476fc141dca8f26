package dev.apg.contract.capability;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Hands a capability over to another owner. */
public record OwnerChange(
        @NotNull @VisibleText @Size(min = 1, max = 100) String owner) {}
