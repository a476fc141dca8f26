package dev.apg.contract.capability;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Declares a service that versions may require before any version provides it. */
public record NewService(
        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as cart-store")
        String service,

        @Nullable @VisibleText(lines = true) @Size(max = 20_000)
        String description) {}
