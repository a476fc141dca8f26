package dev.apg.server.capability;

/**
 * Names one version of a tenant.
 *
 * @param capability its code, in lower case
 * @param number SemVer 2.0 without build metadata
 */
public record VersionKey(String capability, String number) {
    @Override
    public String toString() {
        return capability + "@" + number;
    }
}
