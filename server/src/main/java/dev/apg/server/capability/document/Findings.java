package dev.apg.server.capability.document;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.Warning;
import dev.apg.server.web.FieldPath;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.SourceDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with one document, and what its author should know, gathered while it is checked. */
public final class Findings {
    /** Most errors of one document; who has more does not read them. */
    private static final int MOST = 100;

    private final @Nullable String source;
    private final Lines lines;
    private final List<FieldError> errors = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    /** Fields whose value could not be read, so that nothing more can be said about them. */
    private final Set<String> unreadable = new HashSet<>();

    /** Where in its source a field of the document stands. */
    @FunctionalInterface
    public interface Lines {
        /** From 1; null if the source has no lines. */
        @Nullable
        Integer of(String field);
    }

    private record Note(String field, String message, String code) {}

    public Findings(@Nullable String source, Lines lines) {
        this.source = source;
        this.lines = lines;
    }

    /** Of a document that is a request's body: JSON comes without lines that mean anything to its author. */
    public static Findings of(SourceDocument document) {
        return new Findings(null, document.isOneLine() ? field -> null : document.lines()::applyAsInt);
    }

    /** Of a document of a batch. */
    public static Findings of(@Nullable String source, SourceDocument document) {
        return new Findings(source, document.lines()::applyAsInt);
    }

    public Lines lines() {
        return lines;
    }

    /** An error of the field; {@code expected} is a noun phrase, {@code code} stable and dotted. */
    public void error(String field, @Nullable Object value, String expected, String code) {
        add(Rejection.at(field.isEmpty() ? "document" : field, value, expected, code));
    }

    /** An error of a field whose value has the wrong type; what later checks say of it would only follow from that. */
    void unreadable(String field, @Nullable Object value, String expected) {
        error(field, value, expected, "wrong_type");
        unreadable.add(field);
    }

    /**
     * Whether a field and all that is in it could be read. Where not, it looks as if it were absent, and a check that
     * draws conclusions from that must not.
     */
    boolean isReadable(String field) {
        return unreadable.stream()
                .noneMatch(other -> FieldPath.isWithin(field, other) || FieldPath.isWithin(other, field));
    }

    /** What was wrong with single values when the document was read, with the lines of its source. */
    public void unreadable(SourceDocument document, int linesBefore) {
        for (FieldError fault : document.faults()) {
            @Nullable Integer line = fault.line() == null ? null : fault.line() - linesBefore;
            add(new FieldError(source, line, fault.field(), fault.value(), fault.expected(), fault.code()));
        }
        document.faults().stream()
                .map(FieldError::field)
                .filter(document::isSpoilt)
                .forEach(unreadable::add);
    }

    /** An error that was found without this document's source and lines. */
    public void add(FieldError error) {
        boolean follows = unreadable.stream().anyMatch(field -> FieldPath.isWithin(error.field(), field));
        if (errors.size() < MOST && !follows) {
            @Nullable Integer line = error.line() == null ? lines.of(error.field()) : error.line();
            errors.add(new FieldError(source, line, error.field(), error.value(), error.expected(), error.code()));
        }
    }

    void warning(String field, String message, String code) {
        if (notes.size() < MOST) {
            notes.add(new Note(field, message, code));
        }
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** In the order of the lines, where there are any. */
    public List<FieldError> errors() {
        return errors.stream()
                .sorted(Comparator.comparing(FieldError::line, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    /** The warnings, said of this version. */
    public List<Warning> warnings(String capability, String version) {
        return notes.stream()
                .map(note -> new Warning(
                        source, lines.of(note.field()), capability, version, note.field(), note.message(), note.code()))
                .toList();
    }
}
