package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The lines of an export as they come, each a document. What answers may be anything: a page of a proxy, another server, or
 * one that never ends; so nothing is passed on that is no line of an export.
 */
public final class ExportedLines {
    /** What an export is; its answer says so. */
    public static final String MEDIA_TYPE = "application/jsonl";

    /** Of one line without its end, in bytes: no document that APG takes is larger. */
    private static final int LONGEST = 4 * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;

    private ExportedLines(InputStream in) {
        this.in = in;
    }

    /**
     * Those of an answer.
     *
     * @param body of the answer, or what watches over it
     * @throws CommandFailure if the answer is something else
     */
    public static ExportedLines of(ApgClient.Coming answer, InputStream body) {
        String type = answer.headers().firstValue("Content-Type").orElse("nothing known");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE)) {
            throw notAnExport(type, MEDIA_TYPE);
        }
        return new ExportedLines(body);
    }

    /**
     * The next line with its end; empty at the end.
     *
     * @throws CommandFailure if it is none of an export
     * @throws IOException if the answer breaks off
     */
    public Optional<byte[]> next() throws IOException {
        int at = from;
        while (true) {
            for (; at < to; at++) {
                if (buffer[at] == '\n') {
                    return Optional.of(take(at + 1));
                }
            }
            int looked = to - from;
            if (looked > LONGEST) {
                throw notAnExport("a line of more than 4 MiB", "at most 4 MiB");
            }
            if (!fill()) {
                if (looked > 0) {
                    throw new IOException("its last line is not complete");
                }
                return Optional.empty();
            }
            at = looked;
        }
    }

    private byte[] take(int end) {
        byte[] line = Arrays.copyOfRange(buffer, from, end);
        from = end;
        if (line[0] != '{' || line.length < 3 || line[line.length - 2] != '}') {
            throw notAnExport("a line that is no document", "JSON Lines");
        }
        return line;
    }

    /** Reads more behind what is there, which moves to the front; false at the end. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = in.read(buffer, to, buffer.length - to);
        to += Math.max(count, 0);
        return count >= 0;
    }

    private static CommandFailure notAnExport(String found, String expected) {
        return new CommandFailure(
                ExitCode.FAILED,
                "The answer is no export: %s (expected: %s). Is APG_URL the address of an APG server?"
                        .formatted(found, expected));
    }
}
