package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.contract.WireJson;
import dev.apg.contract.audit.AuditChain;
import dev.apg.contract.audit.AuditFault;
import dev.apg.contract.audit.AuditSeal;
import dev.apg.contract.canonical.CanonicalFormException;
import dev.apg.contract.canonical.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verifies an export of the audit log: makes every seal again from the entries before it. */
final class AuditFile {
    /** Faults that are told. */
    private static final int MOST = 100;

    private static final JsonMapper LINES = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private final String name;
    private final List<AuditFault> faults = new ArrayList<>();
    private final List<Digest> waiting = new ArrayList<>();

    /** Hashes of all links, by number. */
    private final Map<Long, String> hashes = new HashMap<>();

    private @Nullable AuditSeal head;
    private long entries;
    private long line;

    private AuditFile(String name) {
        this.name = name;
    }

    /** @param name as it was written */
    static AuditReport verify(Path path, String name, Optional<NotedHead> noted) {
        var file = new AuditFile(name);
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                file.line++;
                file.take(text);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND, "%s cannot be read: %s".formatted(name, FileFailures.words(e)));
        }
        var report = new AuditReport(
                file.hashes.size(),
                file.entries,
                file.faults.stream().limit(MOST).toList(),
                file.faults.size() > MOST,
                file.head,
                file.waiting.size());
        return noted.map(head -> head.found(Optional.ofNullable(file.hashes.get(head.number()))))
                .map(report::with)
                .orElse(report);
    }

    private void take(String text) {
        try {
            JsonNode document = LINES.readTree(text);
            if (document.has("entry")) {
                waiting.add(AuditChain.digest(document.get("entry")));
            } else if (document.has("seal")) {
                take(WireJson.MAPPER.treeToValue(document.get("seal"), AuditSeal.class));
            } else {
                throw notAnExport();
            }
        } catch (JacksonException | CanonicalFormException notOurs) {
            throw notAnExport();
        }
    }

    private void take(AuditSeal seal) {
        long expected = head == null ? 1 : head.number() + 1;
        String previous = head == null ? AuditChain.START.toString() : head.hash();
        if (seal.number() != expected) {
            note(AuditFault.Kind.SEAL_MISSING, seal, "Line %d: seal %d comes where seal %d is due.", expected);
        }
        if (!seal.previous().equals(previous)) {
            note(AuditFault.Kind.SEAL_CHANGED, seal, "Line %d: seal %d does not follow the one before it.", 0);
        }
        if (seal.entries() != waiting.size()) {
            note(
                    AuditFault.Kind.ENTRY_MISSING,
                    seal,
                    "Line %d: seal %d is over " + seal.entries() + " entries, but %d come before it.",
                    waiting.size());
        } else if (!AuditChain.hash(seal.number(), Digest.parse(seal.previous()), seal.sealedAt(), waiting)
                .toString()
                .equals(seal.hash())) {
            note(
                    AuditFault.Kind.ENTRY_CHANGED,
                    seal,
                    "Line %d: seal %d does not have the hash of the %d entries before it: one of them was changed.",
                    waiting.size());
        }
        entries += waiting.size();
        waiting.clear();
        hashes.put(seal.number(), seal.hash());
        head = seal;
    }

    private void note(AuditFault.Kind kind, AuditSeal seal, String sentence, long number) {
        faults.add(new AuditFault(kind, seal.number(), null, sentence.formatted(line, seal.number(), number)));
    }

    private CommandFailure notAnExport() {
        return new CommandFailure(
                ExitCode.INVALID,
                "%s, line %d: no line of an audit log (expected: an entry or a seal, as `apg audit export` writes them)"
                        .formatted(name, line));
    }
}
