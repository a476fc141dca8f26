package dev.apg.contract.composition;

import dev.apg.contract.VisibleText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Asks to freeze a draft.
 *
 * @param message why, for people who read the list of revisions
 * @param options how to resolve the draft; absent: as {@code resolve} does without options
 */
public record FreezeRequest(
        @Nullable @VisibleText(lines = true) @Size(max = 2_000)
        String message,

        @Nullable @Valid ResolveOptions options) {}
