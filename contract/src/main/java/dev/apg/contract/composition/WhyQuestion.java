package dev.apg.contract.composition;

import dev.apg.contract.capability.Codes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Asks why a capability is there in the version that it has, and why not in another one; or who needs a service, and who provides it.
 *
 * @param capability its code; that of a service where no capability has it
 * @param version the other one; absent: the newest
 */
public record WhyQuestion(
        @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
        String capability,

        @Nullable @Size(max = 256) String version,
        @Nullable @Valid ResolveOptions options) {}
