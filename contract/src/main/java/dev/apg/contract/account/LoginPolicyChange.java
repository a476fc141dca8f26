package dev.apg.contract.account;

import jakarta.validation.constraints.NotNull;

/** How people shall come in to a tenant. */
public record LoginPolicyChange(@NotNull FactorDemand secondFactor) {}
