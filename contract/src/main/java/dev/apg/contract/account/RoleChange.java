package dev.apg.contract.account;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be another than before; what is absent stays.
 *
 * @param permissions all that the role has afterwards; none that whoever changes it does not have
 */
public record RoleChange(
        @Nullable @VisibleText @Size(max = 2000) String description,

        @Nullable @Size(min = 1, max = 50) List<@NotNull @Size(min = 1, max = 100) String> permissions) {}
