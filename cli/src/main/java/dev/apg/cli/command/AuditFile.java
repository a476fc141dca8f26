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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verifies an export of the audit log: makes every seal again from the entries before it. */
final class AuditFile {
    /** Faults that are told. */
    private static final int MOST = 100;

    private static final JsonMapper LINES = AuditChain.JSON
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final List<String> SEAL_FIELDS = List.of("number", "previous", "hash", "sealed_at", "entries");

    private final String name;
    private final List<AuditFault> faults = new ArrayList<>();
    private final List<Digest> waiting = new ArrayList<>();

    /** Hashes of all links, by number. */
    private final Map<Long, String> hashes = new HashMap<>();

    private @Nullable AuditSeal head;

    /** The last link of what was removed, if the log begins after one. */
    private @Nullable AuditSeal anchor;

    private boolean told;
    private long seals;
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
        if (file.seals == 0) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    "%s has no seal: nothing in it can be verified (expected: an export of some seconds after the last change, or of one that nobody cut)"
                            .formatted(name));
        }
        file.requireTold();
        var report = new AuditReport(
                file.seals,
                file.entries,
                file.faults.stream().limit(MOST).toList(),
                file.faults.size() > MOST,
                file.head,
                file.anchor,
                file.waiting.size());
        noted.ifPresent(file::requireThere);
        return noted.map(head -> head.found(Optional.ofNullable(file.hashes.get(head.number()))))
                .map(report::with)
                .orElse(report);
    }

    private void take(String text) {
        try {
            JsonNode document = LINES.readTree(text);
            if (document.size() != 1) {
                throw notAnExport();
            }
            JsonNode entry = document.path("entry");
            if (entry.path("id").isString()) {
                waiting.add(AuditChain.digest(entry));
                told |= tells(entry);
            } else if (line == 1 && document.has("anchor")) {
                anchor = seal(document.path("anchor"));
                head = anchor;
                hashes.put(anchor.number(), anchor.hash());
            } else {
                take(seal(document.path("seal")));
            }
        } catch (JacksonException | CanonicalFormException notOurs) {
            throw notAnExport();
        }
    }

    /** Whether an entry says that what was up to the anchor was removed. */
    private boolean tells(JsonNode entry) {
        return anchor != null
                && entry.path("action").asString("").equals("audit.removed")
                && entry.path("after").path("seal").asLong(0) == anchor.number()
                && entry.path("after").path("hash").asString("").equals(anchor.hash());
    }

    private void requireTold() {
        if (anchor != null && !told) {
            faults.add(new AuditFault(
                    AuditFault.Kind.SEAL_MISSING,
                    anchor.number(),
                    null,
                    "Line 1: the log begins after seal %d, and no entry of it says that what was before was removed when its time was over."
                            .formatted(anchor.number())));
        }
    }

    /** What was removed cannot be compared any more, which is not the same as being right. */
    private void requireThere(NotedHead noted) {
        if (anchor != null && noted.number() < anchor.number()) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    "Seal %d was removed when its time was over (expected: --head with seal %d or a later one)"
                            .formatted(noted.number(), anchor.number()));
        }
    }

    private AuditSeal seal(JsonNode document) {
        for (String field : SEAL_FIELDS) {
            if (!document.path(field).isValueNode() || document.path(field).isNull()) {
                throw notAnExport();
            }
        }
        AuditSeal seal = WireJson.MAPPER.treeToValue(document, AuditSeal.class);
        if (!HASH.matcher(seal.previous()).matches()
                || !HASH.matcher(seal.hash()).matches()) {
            throw notAnExport();
        }
        return seal;
    }

    private void take(AuditSeal seal) {
        long expected = head == null ? 1 : head.number() + 1;
        String previous = head == null ? AuditChain.START.toString() : head.hash();
        if (seal.number() != expected) {
            note(
                    AuditFault.Kind.SEAL_MISSING,
                    seal,
                    "seal %d comes where seal %d is due".formatted(seal.number(), expected));
        }
        if (!seal.previous().equals(previous)) {
            note(
                    AuditFault.Kind.SEAL_CHANGED,
                    seal,
                    "seal %d does not follow the one before it".formatted(seal.number()));
        } else if (seal.entries() != waiting.size()) {
            note(
                    seal.entries() > waiting.size() ? AuditFault.Kind.ENTRY_MISSING : AuditFault.Kind.ENTRY_INSERTED,
                    seal,
                    "seal %d is over %d entries, and %d stand before it"
                            .formatted(seal.number(), seal.entries(), waiting.size()));
        } else if (!AuditChain.hash(seal.number(), Digest.parse(previous), seal.sealedAt(), waiting)
                .toString()
                .equals(seal.hash())) {
            note(
                    AuditFault.Kind.ENTRY_CHANGED,
                    seal,
                    "seal %d does not have the hash of the %d entries before it: it or one of them was changed"
                            .formatted(seal.number(), waiting.size()));
        }
        entries += waiting.size();
        waiting.clear();
        hashes.put(seal.number(), seal.hash());
        head = seal;
        seals++;
    }

    private void note(AuditFault.Kind kind, AuditSeal seal, String what) {
        faults.add(new AuditFault(kind, seal.number(), null, "Line %d: %s.".formatted(line, what)));
    }

    private CommandFailure notAnExport() {
        return new CommandFailure(
                ExitCode.INVALID,
                "%s, line %d: no line of an audit log (expected: an entry or a seal, as `apg audit export` writes them)"
                        .formatted(name, line));
    }
}
