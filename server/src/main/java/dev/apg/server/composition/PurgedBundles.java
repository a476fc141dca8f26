package dev.apg.server.composition;

import dev.apg.server.capability.VersionPurge;
import dev.apg.server.event.Mutation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Erases the bundles that hold a purged version's content, and the reports that may quote it. A revision that is being
 * frozen with the version holds the version's row, so it is either stored by now, or refused later.
 */
@Component
class PurgedBundles {
    private final RevisionRepository revisions;
    private final CompositionGuards guards;

    PurgedBundles(RevisionRepository revisions, CompositionGuards guards) {
        this.guards = guards;
        this.revisions = revisions;
    }

    @EventListener
    void erase(VersionPurge purge) {
        List<RevisionRepository.Erased> erased = revisions.eraseBundles(
                purge.context().tenantId(), purge.versionId(), purge.key(), purge.reason(), Findings.withheld(purge));
        Set<UUID> told = guards.readable(
                purge.context(),
                erased.stream().map(RevisionRepository.Erased::compositionId).collect(Collectors.toSet()));
        for (RevisionRepository.Erased bundle : erased) {
            String revision = "%s@%d".formatted(bundle.composition(), bundle.number());
            Map<String, Object> before = Map.of("bundle_digest", bundle.digest());
            Map<String, Object> after = Map.of(
                    "bundle_digest", bundle.digest(), "purged_with", purge.key().toString(), "reason", purge.reason());
            purge.journal()
                    .record(new Mutation(
                            "bundle.purged",
                            "revision",
                            bundle.compositionId(),
                            revision,
                            Map.of(
                                    "number",
                                    bundle.number(),
                                    "bundle_digest",
                                    bundle.digest(),
                                    "version",
                                    purge.key().toString()),
                            Optional.of(before),
                            Optional.of(after)));
            if (told.contains(bundle.compositionId())) {
                purge.erasedBundle(revision);
            }
        }
    }
}
