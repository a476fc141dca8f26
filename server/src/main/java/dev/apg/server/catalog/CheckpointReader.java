package dev.apg.server.catalog;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.Provision;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import dev.apg.server.tenancy.Cursor;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what {@link CheckpointWriter} wrote; the caller has made sure that it is undamaged. */
final class CheckpointReader {
    private final DataInputStream in;
    private final List<String> texts = new ArrayList<>();
    private final Map<String, SemVer> numbers = new HashMap<>();
    private final Map<String, VersionRange> ranges = new HashMap<>();

    CheckpointReader(DataInputStream in) {
        this.in = in;
    }

    /** Empty if it was written in another format. */
    Optional<Checkpoint> read() throws IOException {
        if (in.readLong() != CheckpointWriter.MAGIC || in.readInt() != CheckpointWriter.FORMAT) {
            return Optional.empty();
        }
        String mark = text();
        var cursor = new Cursor(in.readLong(), in.readLong());
        var universe = Universe.builder();
        int capabilityCount = in.readInt();
        List<CapabilityEntry> capabilities = new ArrayList<>(capabilityCount);
        for (int i = 0; i < capabilityCount; i++) {
            CapabilityEntry entry = capability();
            facts(entry, universe);
            capabilities.add(entry);
        }
        int serviceCount = in.readInt();
        List<ServiceEntry> services = new ArrayList<>(serviceCount);
        for (int i = 0; i < serviceCount; i++) {
            services.add(new ServiceEntry(uuid(), text(), text()));
        }
        return Optional.of(new Checkpoint(Snapshot.of(cursor, universe.build(), capabilities, services), mark));
    }

    private CapabilityEntry capability() throws IOException {
        UUID id = uuid();
        String code = text();
        String displayName = text();
        String category = text();
        String subcategory = text();
        String owner = text();
        List<String> tags = textList();
        Status status = Status.valueOf(text());
        long edition = in.readLong();
        long createdAt = in.readLong();
        long updatedAt = in.readLong();
        @Nullable CapabilityText held = in.readBoolean() ? new CapabilityText(text(), textList()) : null;
        return new CapabilityEntry(
                id,
                code,
                displayName,
                category,
                subcategory,
                owner,
                tags,
                status,
                edition,
                createdAt,
                updatedAt,
                held,
                versions());
    }

    private VersionTable versions() throws IOException {
        int size = in.readInt();
        var versionNumbers = new SemVer[size];
        var states = new byte[size];
        var publishedAt = new long[size];
        var digests = new byte[size * VersionTable.DIGEST_BYTES];
        Map<Integer, String> stateReasons = new HashMap<>();
        for (int i = 0; i < size; i++) {
            versionNumbers[i] = number();
            states[i] = (byte) VersionState.valueOf(text()).ordinal();
            publishedAt[i] = in.readLong();
            in.readFully(digests, i * VersionTable.DIGEST_BYTES, VersionTable.DIGEST_BYTES);
            if (in.readBoolean()) {
                stateReasons.put(i, text());
            }
        }
        return new VersionTable(versionNumbers, states, publishedAt, digests, stateReasons);
    }

    private record Facts(List<Provision> provides, List<Requirement> requirements, List<Target> conflicts, long cost) {}

    private void facts(CapabilityEntry entry, Universe.Builder universe) throws IOException {
        VersionTable table = entry.table();
        Facts facts = new Facts(List.of(), List.of(), List.of(), 0);
        for (int i = 0; i < table.size(); i++) {
            if (table.state(i) != VersionState.PURGED) {
                facts = in.readBoolean() ? facts : facts();
                universe.add(new CapabilityVersion(
                        entry.code(),
                        table.number(i),
                        Translation.marks(table.state(i), entry.status()),
                        facts.provides(),
                        facts.requirements(),
                        facts.conflicts(),
                        facts.cost()));
            }
        }
    }

    private Facts facts() throws IOException {
        int provisions = in.readInt();
        List<Provision> provides = new ArrayList<>(provisions);
        for (int i = 0; i < provisions; i++) {
            provides.add(new Provision(text(), number()));
        }
        int count = in.readInt();
        List<Requirement> requirements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            requirements.add(new Requirement(text(), Strength.valueOf(text()), targets()));
        }
        return new Facts(provides, requirements, targets(), in.readLong());
    }

    private List<Target> targets() throws IOException {
        int size = in.readInt();
        List<Target> targets = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Target.Kind kind = Target.Kind.valueOf(text());
            targets.add(new Target(kind, text(), ranges.computeIfAbsent(text(), VersionRange::parse)));
        }
        return targets;
    }

    private SemVer number() throws IOException {
        return numbers.computeIfAbsent(text(), SemVer::parse);
    }

    private UUID uuid() throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private List<String> textList() throws IOException {
        int size = in.readInt();
        List<String> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(text());
        }
        return values;
    }

    private String text() throws IOException {
        int number = in.readInt();
        if (number < texts.size()) {
            return texts.get(number);
        }
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        var text = new String(bytes, StandardCharsets.UTF_8);
        texts.add(text);
        return text;
    }
}
