package dev.apg.contract.identity;

import dev.apg.contract.VisibleText;
import dev.apg.contract.account.NewRole;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider (OpenID Connect) by which people shall come in.
 *
 * @param code of no other provider of the tenant; a part of the address that is to be registered at the provider
 * @param displayName as people read it who come in
 * @param issuer its address, exactly as its discovery document writes it; it never changes
 * @param clientId what it calls this installation
 * @param clientSecret what it gave this installation; never shown again
 * @param scopes what is asked for beside {@code openid}; {@code email} and {@code profile} unless it is said
 * @param secondFactors values of {@code amr} or {@code acr} that count as a second factor; none unless it is said
 */
public record NewIdentityProvider(
        @NotNull @Pattern(regexp = NewRole.CODE, message = "a code such as corporate")
        String code,

        @Nullable @VisibleText @Size(min = 1, max = 100) String displayName,

        @NotNull
        @Size(max = 500)
        @Pattern(regexp = ISSUER, message = "an address such as https://login.example.com/acme")
        String issuer,

        @NotNull @Pattern(regexp = CLIENT_ID, message = CLIENT_ID_MEANT)
        String clientId,

        @NotNull @VisibleText @Size(min = 1, max = 1_000) String clientSecret,

        @Nullable @Size(max = 50) List<@NotNull @Pattern(regexp = WORD, message = SCOPE_MEANT) String> scopes,

        @Nullable @Valid ClaimNames claims,
        @Nullable @Valid RolesByGroup roles,
        @Nullable @Valid AccountRules accounts,

        @Nullable @Size(max = 50) List<@NotNull @Pattern(regexp = WORD, message = FACTOR_MEANT) String> secondFactors) {
    static final String ISSUER = "https?://[A-Za-z0-9._:\\[\\]-]{1,255}(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/-]{0,244})?";
    static final String CLIENT_ID = "[!-~](?:[ -~]{0,253}[!-~])?";
    static final String CLIENT_ID_MEANT = "1 to 255 visible ASCII characters";
    static final String WORD = "[!#-\\[\\]-~]{1,200}";
    static final String SCOPE_MEANT = "a scope such as email";
    static final String FACTOR_MEANT = "a value of amr or acr such as mfa";

    /** Without what is secret: this may end up in a log. */
    @Override
    public String toString() {
        return "identity provider " + code;
    }
}
