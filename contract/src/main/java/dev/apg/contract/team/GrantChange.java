package dev.apg.contract.team;

import jakarta.validation.constraints.NotNull;

/** How much somebody may do with a thing from now on. */
public record GrantChange(@NotNull Level level) {}
