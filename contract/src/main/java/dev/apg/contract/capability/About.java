package dev.apg.contract.capability;

import dev.apg.contract.VisibleText;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The describing fields of a capability; not part of any version's identity. A field left out stays as it is. */
public record About(
        @Nullable @VisibleText @Size(max = MAX_DISPLAY_NAME) String displayName,

        @Nullable @VisibleText(lines = true) @Size(max = 20_000)
        String description,

        @Nullable @VisibleText @Size(max = 100) String category,
        @Nullable @VisibleText @Size(max = 100) String subcategory,
        @Nullable @VisibleText @Size(max = 100) String owner,
        @Nullable @Size(max = 50) List<@VisibleText @Size(min = 1, max = 64) String> tags,
        @Nullable @Size(max = 50) List<@VisibleText @Size(min = 1, max = 64) String> keywords) {

    /** Characters of a display name. */
    public static final int MAX_DISPLAY_NAME = 200;

    public About {
        tags = tags == null ? null : List.copyOf(tags);
        keywords = keywords == null ? null : List.copyOf(keywords);
    }
}
