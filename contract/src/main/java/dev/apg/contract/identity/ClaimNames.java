package dev.apg.contract.identity;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider calls that which it says of a person.
 *
 * @param email {@code email} unless it is said
 * @param name {@code name} unless it is said
 * @param groups {@code groups} unless it is said: a list of texts, or one text
 */
public record ClaimNames(
        @Nullable @Pattern(regexp = CLAIM, message = CLAIM_MEANT)
        String email,

        @Nullable @Pattern(regexp = CLAIM, message = CLAIM_MEANT)
        String name,

        @Nullable @Pattern(regexp = CLAIM, message = CLAIM_MEANT)
        String groups) {
    private static final String CLAIM = "[!-~]{1,200}";
    private static final String CLAIM_MEANT = "the name of a claim such as groups";
}
