package dev.apg.contract.identity;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom an account is found for.
 *
 * @param create whether one is made for somebody who has none; unless it is said, it is
 * @param link whether somebody gets the account that has their address already, if the provider says that the address is verified;
 *     unless it is said, they do not
 * @param emailDomains those of which somebody's address has to be; none: of any
 */
public record AccountRules(
        @Nullable Boolean create,
        @Nullable Boolean link,

        @Nullable @Size(max = 100)
        List<@NotNull @Size(max = 253) @Pattern(regexp = DOMAIN, message = "a domain such as example.com") String>
                emailDomains) {
    private static final String DOMAIN =
            "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){0,30}";
}
