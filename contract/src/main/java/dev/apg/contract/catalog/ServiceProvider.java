package dev.apg.contract.catalog;

import dev.apg.contract.capability.Status;
import java.util.List;

/**
 * A capability that provides a service.
 *
 * @param provisions newest version first, at most 20
 * @param versionCount how many of its versions provide the service
 */
public record ServiceProvider(
        String capability, String displayName, Status status, List<ProvidedVersion> provisions, int versionCount) {
    public ServiceProvider {
        provisions = List.copyOf(provisions);
    }

    /** A version and the version of the service that it provides. */
    public record ProvidedVersion(String number, String serviceVersion) {}
}
