package dev.apg.server.capability.document;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.Warning;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.SourceDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with one document, and what its author should know, gathered while it is checked. */
public final class Findings {
    /** Most errors of one document; who has more does not read them. */
    private static final int MOST = 100;

    private final @Nullable String source;
    private final Lines lines;
    private final List<FieldError> errors = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

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
        return new Findings(null, document.lines().isEmpty() ? field -> null : document::lineOf);
    }

    /** Of a document of a batch. */
    public static Findings of(@Nullable String source, SourceDocument document) {
        return new Findings(source, document::lineOf);
    }

    public Lines lines() {
        return lines;
    }

    /** An error of the field; {@code expected} is a noun phrase, {@code code} stable and dotted. */
    public void error(String field, @Nullable Object value, String expected, String code) {
        add(Rejection.at(field.isEmpty() ? "document" : field, value, expected, code));
    }

    /** An error that was found without this document's source and lines. */
    public void add(FieldError error) {
        if (errors.size() < MOST) {
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

    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /** The warnings, said of this version. */
    public List<Warning> warnings(String capability, String version) {
        return notes.stream()
                .map(note -> new Warning(
                        source, lines.of(note.field()), capability, version, note.field(), note.message(), note.code()))
                .toList();
    }
}
