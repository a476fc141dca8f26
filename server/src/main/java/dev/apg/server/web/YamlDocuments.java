package dev.apg.server.web;

import dev.apg.contract.WireJson;
import java.io.CharArrayReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
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
    /** Of one document of a stream, in characters. */
    private static final int LONGEST = WireJson.MAX_TEXT;

    /** The parser copies what it has of a text each time it reads on, so it reads much at a time. */
    private static final int READ_AT_ONCE = 256 * 1024;

    private YamlDocuments() {}

    /** Reads exactly one document. Rejections are 400 and carry the line. */
    public static SourceDocument read(byte[] bytes) {
        CharBuffer text = DocumentText.decode(bytes);
        var documents = new Documents(
                new CharArrayReader(text.array(), text.arrayOffset() + text.position(), text.remaining()),
                text.remaining());
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
        return new Documents(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()), READ_AT_ONCE);
    }

    /** Ends a document that is too long before the parser has all of it. */
    private static final class Bounded extends FilterReader {
        private long left;

        Bounded(Reader reader) {
            super(reader);
        }

        /** @param ahead characters that may have been read already, or belong to the document before */
        void newDocument(int ahead) {
            left = (long) LONGEST + ahead;
        }

        /** As much as there is room for: a decoder gives a few thousand characters at a time. */
        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int total = 0;
            while (total < length) {
                int read = super.read(buffer, offset + total, length - total);
                if (read < 0) {
                    break;
                }
                total += read;
            }
            left -= total;
            if (left < 0) {
                throw Rejection.tooLarge("document.too_large", "A document is longer than 4 MiB.");
            }
            return total == 0 && length > 0 ? -1 : total;
        }
    }

    private static final class Documents implements Iterator<SourceDocument> {
        private final Iterator<Event> events;
        private boolean failed;
        private boolean begun;
        private final Bounded source;
        private final int atOnce;

        /** @param atOnce characters that are read together */
        Documents(Reader reader, int atOnce) {
            this.source = new Bounded(reader);
            // The parser keeps one character back.
            this.atOnce = atOnce + 2;
            this.source.newDocument(this.atOnce);
            LoadSettings settings = LoadSettings.builder()
                    .setLabel("document")
                    .setCodePointLimit(Integer.MAX_VALUE)
                    .setBufferSize(this.atOnce)
                    .build();
            this.events = new Parse(settings).parseReader(source).iterator();
        }

        @Override
        public boolean hasNext() {
            while (!begun && !failed) {
                switch (following().getEventId()) {
                    case DocumentStart -> {
                        begun = true;
                        source.newDocument(atOnce);
                    }
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
            } catch (Rejection tooLong) {
                failed = true;
                throw tooLong;
            } catch (MarkedYamlEngineException failure) {
                failed = true;
                YamlFault fault = YamlFault.of(failure);
                String found = "column %d: %s".formatted(fault.column(), fault.found());
                throw YamlTree.rejection(fault.line(), "body", found, fault.expected(), DocumentText.CODE);
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
