package dev.apg.server.capability;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.CapabilityDocument;
import dev.apg.contract.capability.ServiceDocument;
import dev.apg.contract.capability.SourceMarker;
import dev.apg.contract.capability.StateDocument;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.capability.Submission.Candidate;
import dev.apg.server.capability.Submission.Content;
import dev.apg.server.capability.Submission.Describing;
import dev.apg.server.capability.Submission.Standing;
import dev.apg.server.capability.document.CheckedVersion;
import dev.apg.server.capability.document.Findings;
import dev.apg.server.capability.document.RecordReader;
import dev.apg.server.capability.document.VersionChecks;
import dev.apg.server.web.DocumentReader;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.SourceDocument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes the documents of an import one by one into a submission, and notes what is wrong with each. Versions are read and
 * checked by other threads meanwhile, for that is most of the work; what they found is taken in the order of the
 * documents.
 */
final class ImportBatch {
    /** Documents between reading and taking; bounds the memory that they need. */
    private static final int MOST_UNDER_WAY = 32;

    private final Submission submission;
    private final Staging staging;
    private final VersionChecks checks;
    private final DocumentReader reader;
    private final Bounded<FieldError> errors = new Bounded<>(Judgement.MOST_ERRORS);
    private final Map<String, String> texts = new HashMap<>();
    private final ExecutorService checkers;
    private final Deque<Future<Checked>> underWay = new ArrayDeque<>();

    private @Nullable String source;
    private int linesBefore;
    private long documents;

    /** @param checkers threads for the checks; the caller ends them */
    ImportBatch(
            Submission submission,
            Staging staging,
            VersionChecks checks,
            DocumentReader reader,
            ExecutorService checkers) {
        this.checkers = checkers;
        this.submission = submission;
        this.staging = staging;
        this.checks = checks;
        this.reader = reader;
    }

    /** What became of a version's document: without a version, the findings have errors. */
    private record Checked(
            Findings findings, @Nullable String source, Optional<CheckedVersion> version, String structure) {}

    Submission submission() {
        return submission;
    }

    Bounded<FieldError> errors() {
        return errors;
    }

    /** How many documents were taken, markers of sources left out. */
    long documents() {
        return documents;
    }

    /** Notes that something on this line of the stream could not be read. */
    void unreadable(Rejection rejection, int line) {
        takeAll();
        documents++;
        rejection
                .errors()
                .forEach(error -> errors.add(new FieldError(
                        source,
                        (error.line() == null ? line : error.line()) - linesBefore,
                        error.field(),
                        error.value(),
                        error.expected(),
                        error.code())));
        if (rejection.errors().isEmpty()) {
            errors.add(
                    new FieldError(source, line - linesBefore, "document", null, rejection.detail(), rejection.code()));
        }
    }

    void take(SourceDocument document) {
        int before = linesBefore;
        ToIntFunction<String> lines = document.lines();
        var findings = new Findings(source, field -> lines.applyAsInt(field) - before);
        findings.unreadable(document, before);
        if (!document.root().isObject()) {
            documents++;
            findings.error("", null, "an object", "wrong_type");
            errors.addAll(findings.errors());
            return;
        }
        @Nullable JsonNode format = document.root().get("format");
        String name = format == null || !format.isString() ? "" : format.asString();
        if (!name.equals(SourceMarker.FORMAT)) {
            documents++;
        }
        if (name.equals(VersionDocument.FORMAT)) {
            version(document, findings);
            return;
        }
        takeAll();
        switch (name) {
            case CapabilityDocument.FORMAT ->
                record(document, CapabilityDocument.class, findings).ifPresent(read -> capability(read, findings));
            case ServiceDocument.FORMAT ->
                record(document, ServiceDocument.class, findings).ifPresent(read -> service(read, findings));
            case StateDocument.FORMAT ->
                record(document, StateDocument.class, findings).ifPresent(read -> state(read, findings));
            case SourceMarker.FORMAT ->
                record(document, SourceMarker.class, findings).ifPresent(marker -> {
                    source = marker.source();
                    linesBefore = marker.begins() - 1;
                });
            default ->
                findings.error(
                        "format",
                        name.isEmpty() ? null : name,
                        "one of %s, %s, %s, %s"
                                .formatted(
                                        VersionDocument.FORMAT,
                                        CapabilityDocument.FORMAT,
                                        ServiceDocument.FORMAT,
                                        StateDocument.FORMAT),
                        "format.unknown");
        }
        errors.addAll(findings.errors());
    }

    private void version(SourceDocument document, Findings findings) {
        if (underWay.size() == MOST_UNDER_WAY) {
            take(underWay.remove());
        }
        @Nullable String from = source;
        underWay.add(checkers.submit(() -> check(document, from, findings)));
    }

    private Checked check(SourceDocument document, @Nullable String from, Findings findings) {
        Optional<CheckedVersion> version = RecordReader.read(document.root(), VersionDocument.class, findings)
                .flatMap(read -> checks.check(read, findings))
                .filter(checked -> !findings.hasErrors());
        String structure = version.map(
                        checked -> VersionStructure.of(checked.document()).toJson())
                .orElse("");
        return new Checked(findings, from, version, structure);
    }

    /** Waits until every document that was handed over is taken. */
    void takeAll() {
        while (!underWay.isEmpty()) {
            take(underWay.remove());
        }
    }

    private void take(Future<Checked> future) {
        Checked checked;
        try {
            checked = future.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a version could not be checked", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("an import was interrupted", interrupted);
        }
        checked.version().ifPresent(version -> add(checked, version));
        errors.addAll(checked.findings().errors());
    }

    private void add(Checked checked, CheckedVersion version) {
        Findings findings = checked.findings();
        var content = new Content(version.canonical(), checked.structure());
        Optional<Candidate> earlier =
                submission.add(version, checked.source(), findings.lines(), staging.keep(content));
        earlier.filter(first -> !first.digest().equals(version.digest().toString()))
                .ifPresent(first -> findings.error(
                        "version",
                        first.key(),
                        "the content that this version has %s, or another number".formatted(place(first)),
                        "version.digest_differs"));
    }

    private static String place(Candidate candidate) {
        String line = "in line %d".formatted(candidate.line());
        return candidate.source() == null ? line : "%s of %s".formatted(line, candidate.source());
    }

    private <T> Optional<T> record(SourceDocument document, Class<T> type, Findings findings) {
        Optional<T> read = RecordReader.read(document.root(), type, findings);
        read.ifPresent(value -> reader.violations(value).forEach(findings::add));
        return read.filter(value -> !findings.hasErrors());
    }

    private void capability(CapabilityDocument document, Findings findings) {
        var describing = new Describing(
                document.about(), document.status(), source, findings.lines().of("status"));
        if (!submission.describe(lower(document.capability()), describing)) {
            findings.error("capability", document.capability(), "each capability once", "duplicate");
        }
    }

    private void service(ServiceDocument document, Findings findings) {
        String description = document.description() == null ? "" : document.description();
        if (!submission.declare(lower(document.service()), description)) {
            findings.error("service", document.service(), "each service once", "duplicate");
        }
    }

    private void state(StateDocument document, Findings findings) {
        VersionState state = document.state().state();
        if (document.reason() == null && state != VersionState.PUBLISHED) {
            findings.error("reason", null, "why the version is " + state.wire(), "missing");
            return;
        }
        try {
            String number = SemVer.parse(document.version()).toString();
            var standing = new Standing(
                    new VersionKey(lower(document.capability()), number),
                    state,
                    document.reason(),
                    document.digest(),
                    source,
                    findings.lines().of("state"));
            if (!submission.stand(standing)) {
                findings.error("version", standing.key(), "each version once", "duplicate");
            }
        } catch (VersionSyntaxException notSemVer) {
            findings.error("version", document.version(), notSemVer.expected(), "version.malformed");
        }
    }

    private String lower(String code) {
        return texts.computeIfAbsent(code, text -> text.toLowerCase(Locale.ROOT));
    }
}
