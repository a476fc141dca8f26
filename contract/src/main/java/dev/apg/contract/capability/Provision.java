package dev.apg.contract.capability;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** A service that a version provides, in the service's own version. */
public record Provision(
        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as cart-store")
        String service,

        @NotNull String version) {}
