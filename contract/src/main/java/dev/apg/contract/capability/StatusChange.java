package dev.apg.contract.capability;

import jakarta.validation.constraints.NotNull;

/** Puts a capability into another status. */
public record StatusChange(@NotNull Status status) {}
