package dev.apg.cli.input;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.server.web.YamlFault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads YAML 1.2 with the types of JSON, and remembers the line of each field. */
final class YamlText {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 64;
    /** Aliases let a short text stand for an endless one. */
    private static final int MAX_NODES = 1_000_000;

    private static final int MAX_CHARACTERS = 64 << 20;

    private final String source;
    private final Map<String, Integer> lines = new HashMap<>();
    private int nodes;

    private YamlText(String source) {
        this.source = source;
    }

    static Document read(String text, String source) {
        var reader = new YamlText(source);
        try {
            Iterator<Node> documents =
                    new Compose(settings(source)).composeAllFromString(text).iterator();
            if (!documents.hasNext()) {
                throw reader.refuse(1, "the file is empty");
            }
            JsonNode root = reader.value(documents.next(), "", 0);
            if (documents.hasNext()) {
                throw reader.refuse(
                        reader.line(documents.next().getStartMark()),
                        "a second document (expected: one; %s takes many)".formatted(Document.importing(source)));
            }
            return new Document(source, root, reader.lines, comment(text));
        } catch (YamlEngineException e) {
            throw malformed(e, source);
        }
    }

    /** The first line, if it is a comment. */
    private static String comment(String text) {
        return text.lines().findFirst().filter(line -> line.startsWith("#")).orElse("");
    }

    /** Refuses text that is not YAML, and says where; any number of documents will do. */
    static void check(String text, String source) {
        try {
            new Compose(settings(source)).composeAllFromString(text).forEach(document -> {});
        } catch (YamlEngineException e) {
            throw malformed(e, source);
        }
    }

    private static LoadSettings settings(String source) {
        return LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
    }

    private JsonNode value(Node node, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw refuse(
                    line(node.getStartMark()), "nested too deep (expected: at most %d levels)".formatted(MAX_DEPTH));
        }
        if (++nodes > MAX_NODES) {
            throw refuse(line(node.getStartMark()), "too much (expected: at most %d values)".formatted(MAX_NODES));
        }
        lines.putIfAbsent(path, line(node.getStartMark()));
        return switch (node) {
            case MappingNode mapping -> object(mapping, path, depth);
            case SequenceNode sequence -> array(sequence, path, depth);
            case ScalarNode scalar -> scalar(scalar);
            case Node other -> throw refuse(line(other.getStartMark()), "an unknown kind of value");
        };
    }

    private JsonNode object(MappingNode mapping, String path, int depth) {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            int line = line(entry.getKeyNode().getStartMark());
            if (!(entry.getKeyNode() instanceof ScalarNode name)) {
                throw refuse(line, "a key that is not text");
            }
            if (object.has(name.getValue())) {
                throw refuse(line, "%s: given twice (expected: once)".formatted(name.getValue()));
            }
            String field = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
            lines.putIfAbsent(field, line);
            object.set(name.getValue(), value(entry.getValueNode(), field, depth + 1));
        }
        return object;
    }

    private JsonNode array(SequenceNode sequence, String path, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (Node element : sequence.getValue()) {
            array.add(value(element, "%s[%d]".formatted(path, array.size()), depth + 1));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(Boolean.parseBoolean(text));
        }
        try {
            if (tag.equals(Tag.INT)) {
                return NODES.numberNode(new BigInteger(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return NODES.numberNode(new BigDecimal(text));
            }
        } catch (NumberFormatException e) {
            throw refuse(line(scalar.getStartMark()), "%s: a number that JSON does not have".formatted(text));
        }
        return NODES.stringNode(text);
    }

    private int line(Optional<Mark> mark) {
        return mark.map(at -> at.getLine() + 1).orElse(1);
    }

    private CommandFailure refuse(int line, String what) {
        return new CommandFailure(ExitCode.INVALID, "%s:%d: %s".formatted(source, line, what));
    }

    private static CommandFailure malformed(YamlEngineException e, String source) {
        if (e instanceof MarkedYamlEngineException marked) {
            YamlFault fault = YamlFault.of(marked);
            return new CommandFailure(
                    ExitCode.INVALID,
                    "%s:%d:%d: not YAML: %s (expected: %s)"
                            .formatted(source, fault.line(), fault.column(), fault.found(), fault.expected()));
        }
        return new CommandFailure(ExitCode.INVALID, "%s: not YAML: %s".formatted(source, e.getMessage()));
    }
}
