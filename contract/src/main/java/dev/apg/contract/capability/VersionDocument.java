package dev.apg.contract.capability;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a capability as it is published: the format {@code apg.version/1}, described in {@code
 * docs/formats.md}. Lists that are left out are empty.
 *
 * @param version SemVer 2.0; build metadata is not identity
 * @param cost whole units that the tenant agrees on, 0 to 10^12
 */
public record VersionDocument(
        @NotNull @Pattern(regexp = "apg\\.version/1", message = "apg.version/1")
        String format,

        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
        String capability,

        @NotNull @Size(max = 256) String version,
        @Nullable @Valid About about,
        @Size(max = 100) List<@Valid Provision> provides,
        @Size(max = 500) List<@Valid Requirement> requirements,
        @Size(max = 500) List<@Valid Target> conflicts,
        @Size(max = 20) List<@Valid ContractDocument> contracts,
        @Nullable Map<String, Object> configurationSchema,
        @Min(0) @Max(1_000_000_000_000L) long cost,
        @Nullable @Valid RuntimeDescriptor runtime) {

    public static final String FORMAT = "apg.version/1";

    public VersionDocument {
        provides = copy(provides);
        requirements = copy(requirements);
        conflicts = copy(conflicts);
        contracts = copy(contracts);
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
