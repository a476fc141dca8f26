package dev.apg.contract.composition;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks to apply operations to a draft, in order, all or none.
 *
 * @param basedOn the draft number that the author saw; if given, an operation that touches what somebody else has
 *     changed since is refused. Absent: the operations apply to whatever the draft is now
 */
public record ApplyOperations(
        @NotNull @Size(min = 1, max = 500) List<@NotNull @Valid DraftOperation> operations,
        @Nullable @Min(0) Long basedOn) {}
