package dev.apg.contract.composition;

import dev.apg.contract.capability.Codes;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A need of the composition itself that any provider may meet. */
public record RequiredService(
        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as cart-store")
        String service,

        @Nullable @Size(max = Codes.RANGE_LENGTH) String range) {}
