package dev.apg.contract.capability;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Hands a capability over to another owner. */
public record OwnerChange(@NotNull @Size(min = 1, max = 100) String owner) {}
