package dev.apg.contract.composition;

import dev.apg.contract.capability.Codes;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A capability that a composition names itself, with the range that will do and the configuration it gets. */
public record Member(
        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
        String capability,

        @Nullable @Size(max = Codes.RANGE_LENGTH) String range,
        @Nullable Map<String, Object> configuration) {}
