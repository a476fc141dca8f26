package dev.apg.contract.composition;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Changes the describing fields of a composition; a field left out stays as it is. */
public record DescribeComposition(
        @Nullable @Size(min = 1, max = 200) String displayName,
        @Nullable @Size(max = 20_000) String description,
        @Nullable CompositionType type,
        @Nullable @Size(max = 100) String owner) {}
