package dev.apg.cli.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Passes text on without what could rewrite a terminal: each such character becomes a blank. */
public final class CleanText extends FilterWriter {
    public CleanText(Writer out) {
        super(out);
    }

    @Override
    public void write(int character) throws IOException {
        out.write(clean((char) character));
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        write(new String(text, from, length), 0, length);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        var clean = new StringBuilder(length);
        for (int i = from; i < from + length; i++) {
            clean.append(clean(text.charAt(i)));
        }
        out.write(clean.toString());
    }

    /** Lines and columns are ours; a lone carriage return would let the end of a line hide its beginning. */
    private static char clean(char character) {
        boolean isOfText = character == '\n' || character == '\t';
        boolean isDirection =
                character >= '\u202A' && character <= '\u202E' || character >= '\u2066' && character <= '\u2069';
        return !isOfText && Character.isISOControl(character) || isDirection ? ' ' : character;
    }
}
