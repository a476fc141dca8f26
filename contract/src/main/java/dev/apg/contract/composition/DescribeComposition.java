package dev.apg.contract.composition;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Changes the describing fields of a composition; a field left out stays as it is. */
public record DescribeComposition(
        @Nullable @VisibleText @Size(min = 1, max = 200) String displayName,

        @Nullable @VisibleText(lines = true) @Size(max = 20_000)
        String description,

        @Nullable CompositionType type,
        @Nullable @VisibleText @Size(max = 100) String owner) {}
