package dev.apg.server.composition;

import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import java.util.Optional;

/** How versions stand in the catalogue now. */
record Standings(Snapshot snapshot) {

    /** What the catalogue has of a version; empty if it is not there, or is published like any other. */
    Optional<VersionEntry> of(String code, String number) {
        return snapshot.capability(code)
                .flatMap(capability -> capability.version(SemVer.parse(number)))
                .filter(entry -> entry.state() != VersionState.PUBLISHED);
    }

    /** {@code yanked: CVE-2026-1}; empty for a published version. */
    Optional<String> words(String code, String number) {
        return of(code, number).map(Standings::words);
    }

    static String words(VersionEntry entry) {
        String reason = entry.stateReason();
        return reason == null || reason.isBlank()
                ? entry.state().wire()
                : "%s: %s".formatted(entry.state().wire(), reason.strip());
    }
}
