package dev.apg.contract.capability;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a version needs. Written either with {@code any_of}, or in short with one target's fields.
 *
 * @param name names the requirement inside its version; by default the first target's code
 * @param strength {@code required} by default
 */
public record Requirement(
        @Nullable @Pattern(regexp = Codes.CODE, message = "a name such as store")
        String name,

        @Nullable Strength strength,
        @Nullable @Size(min = 1, max = 50) List<@Valid Target> anyOf,

        @Nullable @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
        String capability,

        @Nullable @Pattern(regexp = Codes.CODE, message = "a code such as cart-store")
        String service,

        @Nullable @Size(max = Codes.RANGE_LENGTH) String range) {

    public Requirement {
        anyOf = anyOf == null ? null : List.copyOf(anyOf);
    }

    /** The targets, whichever way they were written. */
    public List<Target> targets() {
        return anyOf != null ? anyOf : List.of(new Target(capability, service, range));
    }
}
