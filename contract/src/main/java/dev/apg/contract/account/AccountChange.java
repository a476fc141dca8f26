package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What shall be different about an account; what is left out stays.
 *
 * @param disabled true: the person cannot come in any more, and is out at once wherever they are in
 * @param revokeIssued true: also revoke the tokens, clients and pipelines that the person has made, and what these made in turn
 */
public record AccountChange(
        @Nullable @VisibleText @Size(min = 1, max = 100) String name,

        @Nullable @Pattern(regexp = NewRole.CODE, message = NewRole.CODE_MEANT)
        String role,

        @Nullable Boolean disabled,
        @Nullable Boolean revokeIssued) {}
