package dev.apg.server.capability;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.StateChange.Wanted;
import dev.apg.contract.capability.StateDocument;
import dev.apg.contract.capability.VersionState;
import dev.apg.server.capability.ExportRepository.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an export. Versions come without their documents, which are fetched for many versions at once, but never for
 * more than a few megabytes of them.
 */
final class ExportLines {
    /** Of documents that are fetched at once; one document may be larger. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final int MOST_LINES = 1_000;

    private final OutputStream out;
    private final Function<List<UUID>, Map<UUID, byte[]>> documents;
    private final List<Line> waiting = new ArrayList<>();
    private long bytes;

    /** @param documents gives those of the versions with these ids */
    ExportLines(OutputStream out, Function<List<UUID>, Map<UUID, byte[]>> documents) {
        this.out = out;
        this.documents = documents;
    }

    private sealed interface Line {
        record Ready(byte[] json) implements Line {}

        record Document(UUID version) implements Line {}
    }

    void add(Object document) {
        byte[] json = WireJson.MAPPER.writeValueAsBytes(document);
        add(new Line.Ready(json), json.length);
    }

    /** The document, unless it was purged, and the state, unless it is the usual one. */
    void add(String code, Row version) {
        if (version.bytes() > 0) {
            add(new Line.Document(version.id()), version.bytes());
        }
        if (version.state() != VersionState.PUBLISHED) {
            Wanted.of(version.state())
                    .ifPresent(state -> add(new StateDocument(
                            StateDocument.FORMAT,
                            code,
                            version.number(),
                            state,
                            version.reason(),
                            Digest.ofBytes(version.digest()).toString())));
        }
    }

    private void add(Line line, int length) {
        if (bytes + length > MOST_BYTES || waiting.size() == MOST_LINES) {
            flush();
        }
        waiting.add(line);
        bytes += length;
    }

    /** Writes what waits. */
    void flush() {
        List<UUID> asked = new ArrayList<>();
        for (Line line : waiting) {
            if (line instanceof Line.Document document) {
                asked.add(document.version());
            }
        }
        Map<UUID, byte[]> found = asked.isEmpty() ? Map.of() : documents.apply(asked);
        for (Line line : waiting) {
            write(
                    switch (line) {
                        case Line.Ready ready -> ready.json();
                        case Line.Document document -> found.get(document.version());
                    });
        }
        waiting.clear();
        bytes = 0;
    }

    private void write(byte @Nullable [] json) {
        if (json == null) {
            throw new IllegalStateException("a version lost its document inside a transaction");
        }
        try {
            out.write(json);
            out.write('\n');
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
