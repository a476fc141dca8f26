package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of a CI service that shall publish without a stored secret.
 *
 * @param label tells people which pipeline it is
 * @param issuer of the jobs' identity tokens, such as {@code https://token.actions.githubusercontent.com}
 * @param audience for whom the tokens must be; absent: the address of this server
 * @param claims what a token must say, by name; in a value {@code *} stands for any characters but {@code /}, {@code :} and
 *     {@code @}
 * @param capabilities codes of those that its jobs may publish, in which {@code *} stands for any characters but {@code /}
 */
public record NewPipeline(
        @NotNull @VisibleText @Size(min = 1, max = 100) String label,
        @NotNull @VisibleText @Size(min = 1, max = 500) String issuer,
        @Nullable @VisibleText @Size(min = 1, max = 500) String audience,

        @NotNull @Size(min = 1, max = 10)
        Map<
                        @NotNull @VisibleText @Size(min = 1, max = 100) String,
                        @NotNull @VisibleText @Size(min = 1, max = 500) String>
                claims,

        @NotNull @Size(min = 1, max = 100)
        List<@NotNull @Pattern(regexp = CAPABILITY, message = CAPABILITY_MEANT) String> capabilities) {
    private static final String NAME = "[a-z0-9*][a-z0-9._*-]{0,99}";
    static final String CAPABILITY = NAME + "(?:/" + NAME + ")?";
    static final String CAPABILITY_MEANT = "a code such as redis-cart, or several such as cart-*";
}
