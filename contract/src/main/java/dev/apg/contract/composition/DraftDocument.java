package dev.apg.contract.composition;

import dev.apg.contract.VisibleText;
import dev.apg.contract.capability.Codes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A composition's draft as a whole document: the format {@code apg.composition/1} of {@code docs/formats.md}. Lists that
 * are left out are empty.
 *
 * @param pins by code: if that capability is chosen, then in exactly this version
 * @param configuration by code, for capabilities that are pulled in rather than named as members
 */
public record DraftDocument(
        @NotNull @Pattern(regexp = "apg\\.composition/1", message = "apg.composition/1")
        String format,

        @NotNull @Pattern(regexp = Codes.NAME, message = "a code such as online-boutique")
        String composition,

        @Nullable @VisibleText @Size(max = 200) String displayName,

        @Nullable @VisibleText(lines = true) @Size(max = 20_000)
        String description,

        @Nullable CompositionType type,
        @Size(max = 1_000) List<@Valid Member> members,
        @Size(max = 1_000) List<@Valid RequiredService> services,
        @Size(max = 1_000) Map<String, @NotNull @Size(max = 256) String> pins,
        @Size(max = 1_000) List<@Valid Exclusion> exclusions,
        @Nullable @Valid Policy policy,
        @Size(max = 1_000) Map<String, @NotNull Map<String, Object>> configuration)
        implements NewComposition {

    public static final String FORMAT = "apg.composition/1";

    public DraftDocument {
        members = members == null ? List.of() : List.copyOf(members);
        services = services == null ? List.of() : List.copyOf(services);
        pins = sorted(pins);
        exclusions = exclusions == null ? List.of() : List.copyOf(exclusions);
        configuration = sorted(configuration);
    }

    /** The same with this policy, if it names none. */
    public DraftDocument orPolicy(Supplier<Policy> byDefault) {
        return policy != null
                ? this
                : new DraftDocument(
                        format,
                        composition,
                        displayName,
                        description,
                        type,
                        members,
                        services,
                        pins,
                        exclusions,
                        byDefault.get(),
                        configuration);
    }

    /** By code, so that the same draft is always written the same way. */
    private static <T> Map<String, T> sorted(@Nullable Map<String, T> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
