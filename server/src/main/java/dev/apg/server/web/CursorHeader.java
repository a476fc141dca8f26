package dev.apg.server.web;

import dev.apg.server.tenancy.Cursor;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The headers by which a client reads its own writes on any node. */
public final class CursorHeader {
    /** On answers: the lowest cursor of the structures that the answer used; of a write, the write's own. */
    public static final String SEQ = "X-APG-Seq";

    /** On requests: the cursor that the answer must at least include. */
    public static final String MIN_SEQ = "X-APG-Min-Seq";

    private CursorHeader() {}

    /** For {@code ResponseEntity.ok().headers(CursorHeader.at(cursor))}. */
    public static Consumer<HttpHeaders> at(Cursor cursor) {
        return headers -> headers.set(SEQ, cursor.toString());
    }

    static Optional<Cursor> minimum(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Optional<Cursor> cursor = Cursor.parse(header);
        if (cursor.isEmpty()) {
            throw Rejection.malformed(
                    "cursor.malformed", MIN_SEQ, header, "a cursor such as 1.42, as an answer's " + SEQ + " gave it");
        }
        return cursor;
    }
}
