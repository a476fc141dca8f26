package dev.apg.server.capability.document;

import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.Warning;
import java.util.List;

/**
 * A version whose document has no errors.
 *
 * @param written as it came
 * @param document in normal form: codes in lower case, requirements named, with {@code any_of}; {@code about} as given
 * @param number SemVer 2.0 without build metadata
 * @param canonical the bytes to store
 * @param digest of these bytes
 * @param warnings what its publisher should know
 */
public record CheckedVersion(
        VersionDocument written,
        VersionDocument document,
        String number,
        byte[] canonical,
        Digest digest,
        List<Warning> warnings) {
    public CheckedVersion {
        warnings = List.copyOf(warnings);
    }
}
