package dev.apg.server.web;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 (core schema) into what JSON would have been: no duplicate keys, no tags beyond the core's, bounded
 * depth and aliases. Built from events, so that neither depth nor aliases cost more than their text before they are
 * refused.
 */
public final class YamlDocuments {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("document")
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();

    private YamlDocuments() {}

    /** Reads exactly one document. Rejections are 400 and carry the line. */
    public static SourceDocument read(byte[] bytes) {
        var documents = new Documents(new Parse(SETTINGS)
                .parseReader(new StringReader(DocumentText.decode(bytes).toString()))
                .iterator());
        if (!documents.hasNext()) {
            throw Rejection.malformed("body.missing", "body", null, "a document");
        }
        SourceDocument document = documents.next();
        if (documents.hasNext()) {
            throw Rejection.malformed(DocumentText.CODE, "body", "a second document", "one document");
        }
        return document;
    }

    /**
     * Reads a stream of documents that are separated by {@code ---}, one at a time. What is wrong shows when it is
     * reached: the iterator throws the rejection, and has no next one after it.
     */
    public static Iterator<SourceDocument> readAll(InputStream stream) {
        var reader = new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder());
        return new Documents(new Parse(SETTINGS).parseReader(reader).iterator());
    }

    private static final class Documents implements Iterator<SourceDocument> {
        private final Iterator<Event> events;
        private boolean failed;
        private boolean begun;

        Documents(Iterator<Event> events) {
            this.events = events;
        }

        @Override
        public boolean hasNext() {
            while (!begun && !failed) {
                switch (following().getEventId()) {
                    case DocumentStart -> begun = true;
                    case StreamEnd -> {
                        return false;
                    }
                    case StreamStart,
                            DocumentEnd,
                            Comment,
                            Alias,
                            Scalar,
                            SequenceStart,
                            SequenceEnd,
                            MappingStart,
                            MappingEnd -> {}
                }
            }
            return begun;
        }

        @Override
        public SourceDocument next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            begun = false;
            try {
                return new YamlTree(this::following).document();
            } catch (Rejection rejection) {
                failed = true;
                throw rejection;
            }
        }

        private Event following() {
            try {
                return events.next();
            } catch (MarkedYamlEngineException failure) {
                failed = true;
                int line =
                        failure.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
                throw YamlTree.rejection(line, "body", failure.getProblem(), "valid YAML", DocumentText.CODE);
            } catch (ReaderException failure) {
                failed = true;
                throw Rejection.malformed("text.malformed", "body", null, "YAML without control characters");
            } catch (YamlEngineException | UncheckedIOException failure) {
                failed = true;
                for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                    if (cause instanceof CharacterCodingException) {
                        throw Rejection.malformed(DocumentText.CODE, "body", null, "valid UTF-8");
                    }
                    if (cause instanceof Rejection rejection) {
                        throw rejection;
                    }
                }
                throw Rejection.malformed(DocumentText.CODE, "body", null, "a complete YAML document");
            }
        }
    }
}
