package dev.apg.cli.input;

import dev.apg.cli.input.Batch.Form;
import dev.apg.cli.input.Batch.Part;
import dev.apg.contract.WireJson;
import dev.apg.contract.capability.SourceMarker;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The files of a batch as one stream. Before each stands an {@code apg.source/1} document, which says on which line of the
 * stream the file begins; so lines are counted on the way.
 */
final class BatchStream extends InputStream {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] LINE_END = {'\n'};

    private final Form form;
    private final Iterator<Part> parts;
    private @Nullable InputStream current;
    private @Nullable Part next;
    /** Lines that are complete. */
    private int lines;

    private boolean atLineStart = true;

    BatchStream(Form form, Iterator<Part> parts) {
        this.form = form;
        this.parts = parts;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (current == null && !advance()) {
                return -1;
            }
            int count = current == null ? -1 : current.read(buffer, offset, length);
            if (count > 0) {
                note(buffer, offset, count);
                return count;
            }
            close();
        }
    }

    /** Opens what comes next: the end of a last line, a marker, or the file behind the marker. */
    private boolean advance() throws IOException {
        if (!atLineStart) {
            current = new ByteArrayInputStream(LINE_END);
        } else if (next != null) {
            current = withoutByteOrderMark(next.opener().open());
            next = null;
        } else if (parts.hasNext()) {
            next = parts.next();
            current = new ByteArrayInputStream(marker(next.name()).getBytes(StandardCharsets.UTF_8));
        } else {
            return false;
        }
        return true;
    }

    private String marker(String name) {
        return switch (form) {
            case JSON_LINES -> json(new SourceMarker(SourceMarker.FORMAT, name, lines + 2)) + "\n";
            // Text in JSON is text in YAML, too.
            case YAML ->
                "---\nformat: %s\nsource: %s\nbegins: %d\n---\n".formatted(SourceMarker.FORMAT, json(name), lines + 6);
        };
    }

    private static String json(Object value) {
        return WireJson.MAPPER.writeValueAsString(value);
    }

    private static InputStream withoutByteOrderMark(InputStream stream) throws IOException {
        var buffered = new BufferedInputStream(stream);
        buffered.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(buffered.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            buffered.reset();
        }
        return buffered;
    }

    private void note(byte[] buffer, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (buffer[i] == '\n') {
                lines++;
            }
        }
        atLineStart = buffer[offset + count - 1] == '\n';
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
