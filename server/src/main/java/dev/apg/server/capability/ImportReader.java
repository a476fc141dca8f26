package dev.apg.server.capability;

import dev.apg.contract.capability.ImportProgress;
import dev.apg.server.capability.ImportService.Form;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.SourceDocument;
import dev.apg.server.web.YamlDocuments;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the documents of an import one after the other; what cannot be read is an error of the batch. */
final class ImportReader {
    /** Documents of one import. */
    static final int MAX_DOCUMENTS = 200_000;

    /** Of so many documents, whoever waits is told of one. */
    static final int TELL_EVERY = 1_000;

    private ImportReader() {}

    static void read(InputStream body, Form form, ImportBatch batch, Consumer<ImportProgress> progress) {
        switch (form) {
            case JSON_LINES -> readLines(body, batch, progress);
            case YAML -> readYaml(body, batch, progress);
        }
    }

    private static void readLines(InputStream body, ImportBatch batch, Consumer<ImportProgress> progress) {
        var lines = new JsonLines(body);
        while (true) {
            try {
                Optional<SourceDocument> document = lines.next();
                if (document.isEmpty()) {
                    return;
                }
                batch.take(document.get());
            } catch (Rejection unreadable) {
                batch.unreadable(unreadable, lines.line());
                if (unreadable.code().equals("document.too_large")) {
                    return;
                }
            }
            count(batch, progress);
        }
    }

    private static void readYaml(InputStream body, ImportBatch batch, Consumer<ImportProgress> progress) {
        Iterator<SourceDocument> documents = YamlDocuments.readAll(body);
        while (true) {
            try {
                if (!documents.hasNext()) {
                    return;
                }
                SourceDocument document = documents.next();
                // Nothing between two separators is no document.
                if (document.root().isNull()) {
                    continue;
                }
                batch.take(document);
            } catch (Rejection unreadable) {
                // Where YAML is broken nobody knows where the next document begins.
                batch.unreadable(unreadable, 1);
                return;
            }
            count(batch, progress);
        }
    }

    private static void count(ImportBatch batch, Consumer<ImportProgress> progress) {
        if (batch.documents() > MAX_DOCUMENTS) {
            throw Rejection.tooLarge(
                    "import.too_large", "An import takes at most %d documents.".formatted(MAX_DOCUMENTS));
        }
        if (batch.documents() % TELL_EVERY == 0) {
            progress.accept(ImportProgress.reading(batch.documents()));
        }
    }
}
