package dev.apg.server.composition.bundle;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text that people wrote, as Markdown that shows exactly that text and nothing else. */
final class MarkdownText {
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]<>#|&~!]");
    private static final Pattern LIST_MARK = Pattern.compile("^(\\s*)([-+=]|\\d+(?=[.)]))");
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private MarkdownText() {}

    /** As one line. */
    static String line(String text) {
        return escape(LINE_BREAK.matcher(text.strip()).replaceAll(" "));
    }

    /** As a quotation that keeps its lines. */
    static String quote(String text) {
        return LINE_BREAK
                        .splitAsStream(text.strip())
                        .map(line -> ("> " + escape(line.strip())).stripTrailing())
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static String escape(String line) {
        String visible = line.codePoints()
                .map(point -> shown(point) ? point : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String marked = MARKUP.matcher(visible).replaceAll("\\\\$0");
        return LIST_MARK.matcher(marked).replaceFirst("$1\\\\$2");
    }

    private static boolean shown(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL && type != Character.SURROGATE && type != Character.FORMAT;
    }
}
