package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.Objects;

/**
 * A service that a version provides, in the service's own version.
 *
 * @param service not blank
 */
public record Provision(String service, SemVer version) {
    public Provision {
        Codes.check(service);
        Objects.requireNonNull(version, "version");
    }
}
