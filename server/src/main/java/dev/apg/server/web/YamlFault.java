package dev.apg.server.web;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why a text is not YAML, in words for people who write documents and not parsers.
 *
 * @param line from 1
 * @param column from 1
 * @param found a noun phrase of at most about 80 characters
 * @param expected what would have been right there
 */
public record YamlFault(int line, int column, String found, String expected) {
    private static final String QUOTES = "quotes around a value that begins so";

    /** What the parser says of a place. */
    public static YamlFault of(MarkedYamlEngineException failure) {
        Optional<Mark> at = failure.getProblemMark();
        Words words = words(String.valueOf(failure.getProblem()), String.valueOf(failure.getContext()));
        return new YamlFault(
                at.map(Mark::getLine).orElse(0) + 1,
                at.map(Mark::getColumn).orElse(0) + 1,
                words.found(),
                words.expected());
    }

    private record Words(String found, String expected) {}

    private static Words words(String problem, String context) {
        if (problem.contains("TAB")) {
            return new Words("a tab in front of a line", "spaces");
        }
        if (problem.startsWith("found character")) {
            return new Words("a character that begins no value", QUOTES);
        }
        if (problem.startsWith("could not find expected ':'")) {
            return new Words("a line without a colon", "name: value, and quotes and brackets above it closed");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return new Words(
                    "a colon where none can be", "one `name: value` a line, quotes around a text with a colon in it");
        }
        if (problem.startsWith("mapping keys are not allowed")
                || problem.startsWith("sequence entries are not allowed")) {
            return new Words("an entry where none can be", "entries that belong together in lines of their own");
        }
        if (problem.startsWith("expected <block end>")) {
            return new Words("a line that does not belong to those above it", "the same indentation and kind of entry");
        }
        if (problem.startsWith("expected '<document start>'")) {
            return new Words(
                    "something outside of the document", "lines `name: value` only, and --- between documents");
        }
        if (problem.startsWith("expected ',' or ']'")) {
            return new Words("a list in [ ] that is not closed", "a comma or ]");
        }
        if (problem.startsWith("expected ',' or '}'")) {
            return new Words("an object in { } that is not closed", "a comma or }");
        }
        if (problem.startsWith("found unexpected end of stream")
                || problem.startsWith("found unexpected document separator")) {
            return new Words("a text in quotes that is not closed", "the closing quote");
        }
        if (problem.startsWith("found undefined alias")) {
            return new Words("a value that begins with * and refers to nothing", QUOTES);
        }
        if (context.contains("double-quoted")) {
            return new Words("a backslash that means nothing", "\\\\ for a backslash, or single quotes");
        }
        if (problem.startsWith("special characters are not allowed")) {
            return new Words("a control character", "text");
        }
        if (context.contains("block scalar")) {
            return new Words("more behind | or > than can be", "the text below it, indented");
        }
        if (context.contains("directive")) {
            return new Words("a line that begins with %", QUOTES);
        }
        if (context.contains("tag") || context.contains("anchor") || context.contains("alias")) {
            return new Words("a value that begins with !, & or *", QUOTES);
        }
        return new Words("something that cannot stand here", "a value, or a line `name: value`");
    }
}
