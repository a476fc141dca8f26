package dev.apg.contract.capability;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A service that a version provides, in the service's own version. */
public record Provision(
        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as cart-store")
        String service,

        @NotNull @Size(max = 256) String version) {}
