package dev.apg.cli.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a line as a shell does, as far as examples use one: quotes, comments, variables in front, pipes, redirections. */
public final class Words {
    private static final List<String> ENDS = List.of("|", ">", "<", "&", "||", "&&");

    private Words() {}

    /** The arguments of {@code apg} in a line such as {@code PORT=1 apg export > file # why}. */
    public static String[] ofCommand(String line) {
        List<String> words = split(line);
        while (!words.isEmpty() && words.getFirst().matches("[A-Z_]+=.*")) {
            words.removeFirst();
        }
        if (words.isEmpty() || !words.getFirst().matches("(?:.*/)?apg")) {
            throw new AssertionError("not a command of apg: " + line);
        }
        return words.stream().skip(1).takeWhile(word -> !ENDS.contains(word)).toArray(String[]::new);
    }

    /** The file that the line's output goes to. */
    public static Optional<String> redirection(String line) {
        List<String> words = split(line);
        int at = words.indexOf(">");
        return at < 0 ? Optional.empty() : Optional.of(words.get(at + 1));
    }

    private static List<String> split(String line) {
        var words = new ArrayList<String>();
        StringBuilder word = null;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote != 0) {
                word.append(c);
            } else if (c == '#' && word == null) {
                break;
            } else if (Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
            } else {
                word = word == null ? new StringBuilder() : word;
                if (c == '\'' || c == '"') {
                    quote = c;
                } else {
                    word.append(c);
                }
            }
        }
        if (quote != 0) {
            throw new AssertionError("a quote is not closed: " + line);
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
