package dev.apg.server.audit;

import dev.apg.contract.audit.AuditEntry;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Reads the chain link by link. Each call belongs into a transaction in which everything is of one moment: what is read in two
 * may have been removed in between.
 */
@Component
class ChainReader {
    /** Of entries that do not belong there, one more than can be told. */
    private static final int MOST_INSERTED = 101;

    private final SealRepository seals;
    private final AnchorRepository anchors;
    private final AuditRepository entries;

    ChainReader(SealRepository seals, AnchorRepository anchors, AuditRepository entries) {
        this.seals = seals;
        this.anchors = anchors;
        this.entries = entries;
    }

    /**
     * The link to go on after.
     *
     * @param after its number; 0 for the beginning of what there is, which has none before it unless some were removed
     * @throws Rejection 404 if there is no such link, 410 {@code audit.removed}
     */
    Optional<Link> start(UUID tenantId, long after) {
        Optional<Link> anchor = anchors.find(tenantId);
        if (after == 0) {
            return anchor;
        }
        requireAfter(anchor, after);
        return anchor.filter(link -> link.number() == after)
                .or(() -> seals.byNumber(tenantId, after).map(Seal::link))
                .or(() -> {
                    throw Rejection.notFound("seal", Long.toString(after));
                });
    }

    private static void requireAfter(Optional<Link> anchor, long number) {
        anchor.filter(link -> link.number() > number).ifPresent(link -> {
            throw Rejection.gone(
                    "audit.removed",
                    "Seal %d was removed when its time was over (expected: seal %d, the last of these, or a later one)."
                            .formatted(number, link.number()));
        });
    }

    /** Where the chain begins, if links before that are not there and the log does not say why. */
    Optional<Link> untold(UUID tenantId, long after) {
        return anchors.find(tenantId)
                .filter(anchor -> after == 0 || after == anchor.number())
                .filter(anchor -> !entries.tellOf(tenantId, anchor));
    }

    /** The last link, whether or not what it held is there. */
    Optional<Link> end(UUID tenantId) {
        return seals.last(tenantId).map(Seal::link).or(() -> anchors.find(tenantId));
    }

    /**
     * A link with what is needed to verify it.
     *
     * @param skipped the last link that was removed while the ones before this were verified
     * @param found those of its entries that the log has
     * @param others where the log has others between the link before and this one
     */
    record Part(Optional<Link> skipped, Seal seal, List<AuditEntry> found, List<AuditPlace> others) {
        void verify(Verification verification) {
            skipped.ifPresent(verification::skip);
            verification.verify(seal, found, others);
        }
    }

    /** What is to be verified next; empty at the end of the chain. */
    Optional<Part> next(UUID tenantId, Verification verification) {
        Optional<Link> skipped = anchors.find(tenantId).filter(anchor -> anchor.number() > verification.number());
        AuditPlace place = skipped.map(Link::last).orElse(verification.place());
        return seals.after(tenantId, skipped.map(Link::number).orElse(verification.number()), 1).stream()
                .findFirst()
                .map(seal -> new Part(
                        skipped,
                        seal,
                        entries.byIds(tenantId, seal.entries()),
                        entries.others(tenantId, place, seal.last(), seal.entries(), MOST_INSERTED)));
    }

    /** A link with the first of the entries that stand before it: all of them, if nobody put others in. */
    record Held(Seal seal, List<AuditEntry> entries) {}

    /**
     * The link after one, whatever its number; the first if there is none before.
     *
     * @throws Rejection 410 {@code audit.removed}, if the links after that one are not there any more
     */
    Optional<Held> held(UUID tenantId, Optional<Link> before) {
        long number = before.map(Link::number).orElse(0L);
        requireAfter(anchors.find(tenantId), number);
        return seals.after(tenantId, number, 1).stream()
                .findFirst()
                .map(seal -> new Held(
                        seal,
                        entries.between(
                                tenantId, before.map(Link::last).orElse(AuditPlace.START), seal.last(), Seal.MOST)));
    }
}
