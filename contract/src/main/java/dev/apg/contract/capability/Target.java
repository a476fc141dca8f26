package dev.apg.contract.capability;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A capability or a service, with the range of versions that will do. Exactly one of {@code capability} and {@code
 * service} is given; a range left out admits everything.
 */
public record Target(
        @Nullable @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
        String capability,

        @Nullable @Pattern(regexp = Codes.CODE, message = "a code such as cart-store")
        String service,

        @Nullable @Size(max = Codes.RANGE_LENGTH) String range) {}
