package dev.apg.contract.capability;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A machine-readable interface of a version.
 *
 * @param document the text; a JSON or YAML mapping is accepted for the JSON-based types
 */
public record ContractDocument(
        @NotNull @Pattern(regexp = Codes.NAME, message = "a name such as cart-api")
        String name,

        @NotNull ContractType type,
        @NotNull Object document) {}
