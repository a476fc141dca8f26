package dev.apg.contract.team;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** How people know the team from now on. */
public record TeamChange(
        @NotNull @VisibleText @Size(min = 1, max = 200) String displayName) {}
