package dev.apg.contract.capability;

import java.util.List;

/**
 * What publishing one version gave.
 *
 * @param version SemVer 2.0 without build metadata
 * @param digest of the canonical form: {@code sha256:} and hex
 * @param created false if exactly this content was published before: then nothing changed
 * @param cursor of the write, {@code epoch.seq}
 */
public record Publication(
        String capability, String version, String digest, boolean created, String cursor, List<Warning> warnings) {
    public Publication {
        warnings = List.copyOf(warnings);
    }
}
