package dev.apg.contract.identity;

import dev.apg.contract.account.NewRole;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which role somebody has.
 *
 * @param byGroup the first of them whose group they belong to, at each login; with none here, the role is given when an account is
 *     made, and administrators change it
 * @param otherwise the role of whoever belongs to none of them; absent: they do not come in
 */
public record RolesByGroup(
        @Nullable @Size(max = 200) List<@NotNull @Valid GroupRole> byGroup,

        @Nullable @Pattern(regexp = NewRole.CODE, message = NewRole.CODE_MEANT)
        String otherwise) {}
