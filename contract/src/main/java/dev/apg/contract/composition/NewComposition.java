package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.apg.contract.VisibleText;
import dev.apg.contract.capability.Codes;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a composition is created from: an empty one by its code and type, or a whole {@code apg.composition/1}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(NewComposition.Empty.class), @JsonSubTypes.Type(DraftDocument.class)})
public sealed interface NewComposition permits NewComposition.Empty, DraftDocument {

    /**
     * A composition with nothing in its draft yet.
     *
     * @param type {@code custom} by default
     */
    record Empty(
            @NotNull @Pattern(regexp = Codes.NAME, message = "a code such as online-boutique")
            String code,

            @Nullable CompositionType type,
            @Nullable @VisibleText @Size(max = 200) String displayName,

            @Nullable @VisibleText(lines = true) @Size(max = 20_000)
            String description,

            @Nullable @VisibleText @Size(max = 100) String owner)
            implements NewComposition {}
}
