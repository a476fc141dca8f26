package dev.apg.cli.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The examples in a page of the documentation: lines of {@code apg} in {@code sh} blocks. A block that says {@code sh run}
 * runs in the tests, with the files that it writes by {@code cat > file <<'END'}; of the others the commands must parse.
 */
public final class Examples {
    private static final Pattern HERE = Pattern.compile("cat > (\\S+) <<'(\\w+)'");
    private static final Pattern ENDS = Pattern.compile("# ends with ([0-9 or]+)$");

    private Examples() {}

    /** A step of a page, in its order. */
    public sealed interface Step {
        record Command(String line, boolean run) implements Step {
            public String[] arguments() {
                return Words.ofCommand(line);
            }

            /** The exit codes that the line announces; 0 if it says nothing. */
            public List<Integer> codes() {
                Matcher ends = ENDS.matcher(line);
                return ends.find()
                        ? Pattern.compile(" or ")
                                .splitAsStream(ends.group(1))
                                .map(Integer::parseInt)
                                .toList()
                        : List.of(0);
            }
        }

        record File(String name, String content) implements Step {}
    }

    public static List<Step> of(Path page) {
        var steps = new ArrayList<Step>();
        String block = null;
        List<String> lines = lines(page);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                block = block == null ? line.substring(3) : null;
                continue;
            }
            Matcher here = HERE.matcher(line);
            if (block == null || !block.startsWith("sh")) {
                continue;
            } else if (here.matches()) {
                int end = lines.subList(i, lines.size()).indexOf(here.group(2)) + i;
                steps.add(new Step.File(here.group(1), String.join("\n", lines.subList(i + 1, end)) + "\n"));
                i = end;
            } else if (line.matches("(?:[A-Z_]+=\\S+ )*(?:bin/)?apg .*")) {
                steps.add(new Step.Command(line, block.equals("sh run")));
            }
        }
        return steps;
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
