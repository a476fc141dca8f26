package dev.apg.server.catalog;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.FactsWriter;
import dev.apg.resolver.Mark;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import dev.apg.server.tenancy.Cursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@link CheckpointWriter} wrote; the caller has made sure that it is undamaged. */
final class CheckpointReader {
    private final CheckpointInput in;
    private final List<String> texts = new ArrayList<>();
    private final Meanings<SemVer> numbers = new Meanings<>(SemVer::parse);
    private final Universe.Builder universe = Universe.builder();
    private final FactsWriter facts = universe.facts();
    private final Meanings<Integer> names = new Meanings<>(facts::name);
    private final Meanings<Integer> provided = new Meanings<>(text -> facts.version(SemVer.parse(text)));
    private final Meanings<Integer> ranges = new Meanings<>(text -> facts.range(VersionRange.parse(text)));
    private final Meanings<VersionState> states = new Meanings<>(VersionState::valueOf);
    private final Meanings<Strength> strengths = new Meanings<>(Strength::valueOf);
    private final Meanings<Target.Kind> kinds = new Meanings<>(Target.Kind::valueOf);

    CheckpointReader(CheckpointInput in) {
        this.in = in;
    }

    /** What texts mean that are read again and again: made once for each, and found by the number of the text. */
    private final class Meanings<T> {
        private final Function<String, T> reading;
        private final List<@Nullable T> known = new ArrayList<>();

        Meanings(Function<String, T> reading) {
            this.reading = reading;
        }

        T next() throws IOException {
            int number = textNumber();
            while (known.size() <= number) {
                known.add(null);
            }
            T meaning = known.get(number);
            if (meaning == null) {
                meaning = reading.apply(texts.get(number));
                known.set(number, meaning);
            }
            return meaning;
        }
    }

    /** Empty if it was written in another format. */
    Optional<Checkpoint> read() throws IOException {
        if (in.readLong() != CheckpointWriter.MAGIC || in.readInt() != CheckpointWriter.FORMAT) {
            return Optional.empty();
        }
        String mark = text();
        var cursor = new Cursor(in.readLong(), in.readLong());
        int capabilityCount = in.readInt();
        List<CapabilityEntry> capabilities = new ArrayList<>(capabilityCount);
        for (int i = 0; i < capabilityCount; i++) {
            CapabilityEntry entry = capability();
            facts(entry);
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
        var versionStates = new byte[size];
        var publishedAt = new long[size];
        var digests = new byte[size * VersionTable.DIGEST_BYTES];
        Map<Integer, String> stateReasons = new HashMap<>();
        for (int i = 0; i < size; i++) {
            versionNumbers[i] = numbers.next();
            versionStates[i] = (byte) states.next().ordinal();
            publishedAt[i] = in.readLong();
            in.readBytes(digests, i * VersionTable.DIGEST_BYTES, VersionTable.DIGEST_BYTES);
            if (in.readBoolean()) {
                stateReasons.put(i, text());
            }
        }
        return new VersionTable(versionNumbers, versionStates, publishedAt, digests, stateReasons);
    }

    private void facts(CapabilityEntry entry) throws IOException {
        VersionTable table = entry.table();
        int name = facts.name(entry.code());
        long cost = 0;
        for (int i = 0; i < table.size(); i++) {
            if (table.state(i) != VersionState.PURGED) {
                Set<Mark> marks = Translation.marks(table.state(i), entry.status());
                if (in.readBoolean()) {
                    universe.addAlike(name, table.number(i), marks, cost);
                } else {
                    facts();
                    cost = in.readLong();
                    universe.add(name, table.number(i), marks, cost);
                }
            }
        }
    }

    private void facts() throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            facts.provision(names.next(), provided.next());
        }
        for (int left = in.readInt(); left > 0; left--) {
            facts.requirement(names.next(), strengths.next());
            for (int targets = in.readInt(); targets > 0; targets--) {
                facts.target(kinds.next(), names.next(), ranges.next());
            }
        }
        for (int left = in.readInt(); left > 0; left--) {
            facts.conflict(kinds.next(), names.next(), ranges.next());
        }
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
        return texts.get(textNumber());
    }

    private int textNumber() throws IOException {
        int number = in.readInt();
        if (number == texts.size()) {
            texts.add(in.readText(in.readInt()));
        }
        return number;
    }
}
