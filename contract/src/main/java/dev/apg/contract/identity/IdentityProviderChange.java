package dev.apg.contract.identity;

import dev.apg.contract.VisibleText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be another than before; what is absent stays, and each part that is there replaces the whole part.
 *
 * @param disabled true: nobody comes in by it any more, and whoever did is out at once
 */
public record IdentityProviderChange(
        @Nullable @VisibleText @Size(min = 1, max = 100) String displayName,

        @Nullable @Pattern(regexp = NewIdentityProvider.CLIENT_ID, message = NewIdentityProvider.CLIENT_ID_MEANT)
        String clientId,

        @Nullable @VisibleText @Size(min = 1, max = 1_000) String clientSecret,

        @Nullable @Size(max = 50)
        List<@NotNull @Pattern(regexp = NewIdentityProvider.WORD, message = NewIdentityProvider.SCOPE_MEANT) String>
                scopes,

        @Nullable @Valid ClaimNames claims,
        @Nullable @Valid RolesByGroup roles,
        @Nullable @Valid AccountRules accounts,

        @Nullable @Size(max = 50)
        List<@NotNull @Pattern(regexp = NewIdentityProvider.WORD, message = NewIdentityProvider.FACTOR_MEANT) String>
                secondFactors,

        @Nullable Boolean disabled) {
    /** Without what is secret: this may end up in a log. */
    @Override
    public String toString() {
        return "change of an identity provider";
    }
}
