package dev.apg.server.catalog;

import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.Provision;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Target;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a checkpoint; {@link CheckpointReader} reads the same in the same order. A text is written when it first occurs
 * and by its number after that, and what a version says only where it differs from the version before.
 */
final class CheckpointWriter {
    static final long MAGIC = 0x4150_4743_4845_434bL;

    /** Changes with every change of what is written. */
    static final int FORMAT = 2;

    private final DataOutputStream out;
    private final Map<String, Integer> texts = new HashMap<>();

    CheckpointWriter(DataOutputStream out) {
        this.out = out;
    }

    void write(Checkpoint checkpoint) throws IOException {
        Snapshot snapshot = checkpoint.snapshot();
        out.writeLong(MAGIC);
        out.writeInt(FORMAT);
        text(checkpoint.mark());
        out.writeLong(snapshot.cursor().epoch());
        out.writeLong(snapshot.cursor().seq());
        out.writeInt(snapshot.capabilityCount());
        for (Iterator<CapabilityEntry> each = snapshot.capabilities().iterator(); each.hasNext(); ) {
            CapabilityEntry entry = each.next();
            capability(entry);
            versions(entry.table());
            facts(snapshot.universe().versions(entry.code()));
        }
        out.writeInt(snapshot.serviceCount());
        for (Iterator<ServiceEntry> each = snapshot.services("").iterator(); each.hasNext(); ) {
            ServiceEntry service = each.next();
            out.writeLong(service.id().getMostSignificantBits());
            out.writeLong(service.id().getLeastSignificantBits());
            text(service.code());
            text(service.description());
        }
    }

    private void capability(CapabilityEntry entry) throws IOException {
        out.writeLong(entry.id().getMostSignificantBits());
        out.writeLong(entry.id().getLeastSignificantBits());
        text(entry.code());
        text(entry.displayName());
        text(entry.category());
        text(entry.subcategory());
        text(entry.owner());
        texts(entry.tags());
        text(entry.status().name());
        out.writeLong(entry.edition());
        out.writeLong(entry.createdAtMicros());
        out.writeLong(entry.updatedAtMicros());
        @Nullable CapabilityText held = entry.text().orElse(null);
        out.writeBoolean(held != null);
        if (held != null) {
            text(held.description());
            texts(held.keywords());
        }
    }

    private void versions(VersionTable table) throws IOException {
        byte[] digest = new byte[VersionTable.DIGEST_BYTES];
        out.writeInt(table.size());
        for (int i = 0; i < table.size(); i++) {
            text(table.number(i).toDisplayString());
            text(table.state(i).name());
            out.writeLong(table.publishedAtMicros(i));
            table.copyDigest(i, digest);
            out.write(digest);
            @Nullable String reason = table.stateReason(i);
            out.writeBoolean(reason != null);
            if (reason != null) {
                text(reason);
            }
        }
    }

    private void facts(List<CapabilityVersion> versions) throws IOException {
        @Nullable CapabilityVersion before = null;
        for (CapabilityVersion version : versions) {
            boolean same = before != null && saysTheSame(before, version);
            out.writeBoolean(same);
            if (!same) {
                facts(version);
            }
            before = version;
        }
    }

    private static boolean saysTheSame(CapabilityVersion one, CapabilityVersion other) {
        return one.cost() == other.cost()
                && one.provides().equals(other.provides())
                && one.requirements().equals(other.requirements())
                && one.conflicts().equals(other.conflicts());
    }

    private void facts(CapabilityVersion version) throws IOException {
        out.writeInt(version.provides().size());
        for (Provision provision : version.provides()) {
            text(provision.service());
            text(provision.version().toDisplayString());
        }
        out.writeInt(version.requirements().size());
        for (Requirement requirement : version.requirements()) {
            text(requirement.name());
            text(requirement.strength().name());
            targets(requirement.anyOf());
        }
        targets(version.conflicts());
        out.writeLong(version.cost());
    }

    private void targets(List<Target> targets) throws IOException {
        out.writeInt(targets.size());
        for (Target target : targets) {
            text(target.kind().name());
            text(target.code());
            text(target.range().text());
        }
    }

    private void texts(List<String> values) throws IOException {
        out.writeInt(values.size());
        for (String value : values) {
            text(value);
        }
    }

    private void text(String value) throws IOException {
        Integer known = texts.putIfAbsent(value, texts.size());
        if (known != null) {
            out.writeInt(known);
        } else {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            out.writeInt(texts.size() - 1);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }
}
