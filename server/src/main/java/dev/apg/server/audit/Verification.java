package dev.apg.server.audit;

import dev.apg.contract.audit.AuditChain;
import dev.apg.contract.audit.AuditEntry;
import dev.apg.contract.audit.AuditFault;
import dev.apg.contract.canonical.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a part of the chain again, link by link, and notes what does not fit. */
final class Verification {
    /** Faults that are told. */
    private static final int MOST = 100;

    private final List<AuditFault> faults = new ArrayList<>();
    private boolean truncated;
    private long verified;
    private long entries;
    private long number;
    private Digest hash;
    private AuditPlace place;

    static Verification fromTheStart() {
        return new Verification(0, AuditChain.START, AuditPlace.START);
    }

    /** Goes on after a link. */
    static Verification after(Link link) {
        return new Verification(link.number(), link.hash(), link.last());
    }

    private Verification(long number, Digest hash, AuditPlace place) {
        this.number = number;
        this.hash = hash;
        this.place = place;
    }

    /** Number of the link after which it goes on. */
    long number() {
        return number;
    }

    /** Links up to this one were removed meanwhile, because their time was over. */
    void skip(Link anchor) {
        number = anchor.number();
        hash = anchor.hash();
        place = anchor.last();
    }

    /** The links up to this one are not there, and nobody has written down that they were removed. */
    void noteUntold(Link anchor) {
        note(
                AuditFault.Kind.SEAL_MISSING,
                anchor.number(),
                null,
                "The log begins after seal %d, and no entry of it says that what was before was removed when its time was over."
                        .formatted(anchor.number()));
    }

    /** Where the entries of the next link begin. */
    AuditPlace place() {
        return place;
    }

    List<AuditFault> faults() {
        return List.copyOf(faults);
    }

    boolean isTruncated() {
        return truncated;
    }

    long verified() {
        return verified;
    }

    long entries() {
        return entries;
    }

    /**
     * The next link.
     *
     * @param found those of its entries that the log has
     * @param others where the log has others between the link before and this one
     */
    void verify(Seal seal, List<AuditEntry> found, List<AuditPlace> others) {
        if (seal.number() != number + 1) {
            note(
                    AuditFault.Kind.SEAL_MISSING,
                    number + 1,
                    null,
                    "Seal %d is missing; the next one is %d.".formatted(number + 1, seal.number()));
        } else if (!seal.previous().equals(hash)) {
            note(
                    AuditFault.Kind.SEAL_CHANGED,
                    seal.number(),
                    null,
                    "Seal %d does not follow the one before it: it has %s as the hash before, which is %s."
                            .formatted(seal.number(), seal.previous(), hash));
        }
        if (!AuditChain.hash(seal.number(), seal.previous(), seal.sealedAt(), seal.digests())
                .equals(seal.hash())) {
            note(
                    AuditFault.Kind.SEAL_CHANGED,
                    seal.number(),
                    null,
                    "Seal %d does not have the hash of what it holds.".formatted(seal.number()));
        }
        compare(seal, found);
        others.forEach(other -> noteInserted(seal, other));
        number = seal.number();
        hash = seal.hash();
        place = seal.last();
        verified++;
        entries += seal.entries().size();
    }

    private void compare(Seal seal, List<AuditEntry> found) {
        Map<UUID, AuditEntry> present = new HashMap<>();
        found.forEach(entry -> present.put(entry.id(), entry));
        for (int i = 0; i < seal.entries().size(); i++) {
            UUID id = seal.entries().get(i);
            AuditEntry entry = present.get(id);
            if (entry == null) {
                note(
                        AuditFault.Kind.ENTRY_MISSING,
                        seal.number(),
                        id,
                        "Entry %s, which seal %d holds, is not there.".formatted(id, seal.number()));
            } else if (i == seal.entries().size() - 1 && !seal.last().equals(new AuditPlace(entry.at(), entry.id()))) {
                note(
                        AuditFault.Kind.SEAL_CHANGED,
                        seal.number(),
                        id,
                        "Seal %d says that it ends elsewhere than with its last entry, %s."
                                .formatted(seal.number(), id));
            } else if (!AuditChain.digest(entry).equals(seal.digests().get(i))) {
                note(
                        AuditFault.Kind.ENTRY_CHANGED,
                        seal.number(),
                        id,
                        "Entry %s is not what it was when seal %d was made.".formatted(id, seal.number()));
            }
        }
    }

    private void noteInserted(Seal seal, AuditPlace other) {
        note(
                AuditFault.Kind.ENTRY_INSERTED,
                seal.number(),
                other.entry(),
                "Entry %s claims to be of %s, but was not there when seal %d was made."
                        .formatted(other.entry(), other.at(), seal.number()));
    }

    private void note(AuditFault.Kind kind, long seal, @Nullable UUID entry, String sentence) {
        if (faults.size() < MOST) {
            faults.add(new AuditFault(kind, seal, entry, sentence));
        } else {
            truncated = true;
        }
    }
}
