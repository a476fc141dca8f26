package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.WireJson;
import dev.apg.server.platform.StoredText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds one document from its events, noting the line of every field. */
final class YamlTree {
    /** Values of one document, aliases counted as what they stand for; more is an attack and not a document. */
    private static final int MAX_VALUES = 500_000;

    /** Characters of its texts and names, counted in the same way. */
    private static final int MAX_CHARACTERS = 4 * WireJson.MAX_TEXT;

    private static final String CORE_TAG = "tag:yaml.org,2002:";
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern NO_NUMBER = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Supplier<Event> events;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final Faults faults = new Faults();
    private int values;
    private int characters;

    /** What an anchor names, with how many values and characters it holds. */
    private record Anchored(JsonNode node, int values, int characters, int depth) {}

    /** A node, the lines of what is in it, and how deep it is. */
    private record Built(JsonNode node, LineTree lines, int depth) {}

    YamlTree(Supplier<Event> events) {
        this.events = events;
    }

    /** Reads up to the document's end. */
    SourceDocument document() {
        Event first = events.get();
        Built built = build(first, line(first), FieldPath.ROOT, 0);
        return SourceDocument.of(built.node(), built.lines(), faults.noted());
    }

    static Rejection rejection(int line, String field, @Nullable String value, String expected, String code) {
        FieldError error = Rejection.at(field, value, expected, code);
        return Rejection.malformed(List.of(new FieldError(null, line, error.field(), error.value(), expected, code)));
    }

    private Built build(Event event, int line, FieldPath path, int depth) {
        int valuesBefore = values;
        int charactersBefore = characters;
        if (depth > WireJson.MAX_DEPTH) {
            throw refuse(event, path, null, "at most %d levels".formatted(WireJson.MAX_DEPTH), "document.too_large");
        }
        count(1, 0, event, path);
        Built built = switch (event) {
            case AliasEvent alias -> alias(alias, line, path, depth);
            case ScalarEvent scalar -> new Built(scalar(scalar, path), LineTree.of(line), 0);
            case SequenceStartEvent start -> list(start, line, path, depth);
            case MappingStartEvent start -> object(start, line, path, depth);
            default -> throw new IllegalStateException("no value begins with " + event.getEventId());
        };
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor()
                    .ifPresent(anchor -> anchors.put(
                            anchor.getValue(),
                            new Anchored(
                                    built.node(),
                                    values - valuesBefore,
                                    characters - charactersBefore,
                                    built.depth())));
        }
        return built;
    }

    private Built alias(AliasEvent alias, int line, FieldPath path, int depth) {
        Anchored anchored = anchors.get(alias.getAlias().getValue());
        if (anchored == null) {
            // An anchor is known once its value is complete, so a value that contains itself ends here too.
            throw refuse(alias, path, "*" + alias.getAlias().getValue(), "an anchor further up", "alias.unknown");
        }
        count(anchored.values(), anchored.characters(), alias, path);
        if (depth + anchored.depth() > WireJson.MAX_DEPTH) {
            throw refuse(alias, path, null, "at most %d levels".formatted(WireJson.MAX_DEPTH), "document.too_large");
        }
        return new Built(anchored.node(), LineTree.of(line), anchored.depth());
    }

    private Built list(SequenceStartEvent start, int line, FieldPath path, int depth) {
        refuseTag(start, start.getTag().orElse(null), CORE_TAG + "seq", path);
        ArrayNode list = NODES.arrayNode();
        List<LineTree> lines = new ArrayList<>();
        int deepest = 0;
        for (Event event = events.get(); event.getEventId() != Event.ID.SequenceEnd; event = events.get()) {
            Built item = build(event, line(event), path.item(list.size()), depth + 1);
            list.add(item.node());
            lines.add(item.lines());
            deepest = Math.max(deepest, item.depth());
        }
        return new Built(list, new LineTree(line, Map.of(), lines), deepest + 1);
    }

    private Built object(MappingStartEvent start, int line, FieldPath path, int depth) {
        refuseTag(start, start.getTag().orElse(null), CORE_TAG + "map", path);
        ObjectNode object = NODES.objectNode();
        Map<String, LineTree> lines = new HashMap<>();
        int deepest = 0;
        for (Event event = events.get(); event.getEventId() != Event.ID.MappingEnd; event = events.get()) {
            if (!(event instanceof ScalarEvent key)) {
                throw refuse(event, path, null, "text as a key", DocumentText.CODE);
            }
            String name = key.getValue();
            if (name.length() > WireJson.MAX_NAME) {
                throw refuse(
                        key,
                        path,
                        name,
                        "names of at most %d characters".formatted(WireJson.MAX_NAME),
                        "document.too_large");
            }
            FieldPath below = path.field(name);
            boolean fit = StoredText.isFit(name);
            boolean again = object.has(name);
            if (!fit) {
                note(key, () -> DocumentText.unfit(name, below));
            } else if (again) {
                note(key, () -> DocumentText.twice(name, below));
            }
            count(0, name.length(), key, below);
            Built value = build(events.get(), line(key), below, depth + 1);
            if (fit && !again) {
                object.set(name, value.node());
                lines.put(name, value.lines());
            }
            deepest = Math.max(deepest, value.depth());
        }
        return new Built(object, new LineTree(line, lines, List.of()), deepest + 1);
    }

    private JsonNode scalar(ScalarEvent scalar, FieldPath path) {
        String text = scalar.getValue();
        if (text.length() > WireJson.MAX_TEXT) {
            throw refuse(
                    scalar,
                    path,
                    null,
                    "texts of at most %d characters".formatted(WireJson.MAX_TEXT),
                    "document.too_large");
        }
        count(0, text.length(), scalar, path);
        if (!StoredText.isFit(text)) {
            note(scalar, () -> DocumentText.unfit(text, path));
            return DocumentText.STAND_IN_TEXT;
        }
        String tag = scalar.getTag().orElse(scalar.isPlain() ? null : CORE_TAG + "str");
        if (tag == null) {
            return plain(scalar, text, path);
        }
        refuseTag(scalar, tag, CORE_TAG + "str", path);
        return NODES.stringNode(text);
    }

    private JsonNode plain(ScalarEvent event, String text, FieldPath path) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> NODES.nullNode();
            case "true", "True", "TRUE" -> NODES.booleanNode(true);
            case "false", "False", "FALSE" -> NODES.booleanNode(false);
            default -> number(event, text, path);
        };
    }

    private JsonNode number(ScalarEvent event, String text, FieldPath path) {
        boolean octal = OCTAL.matcher(text).matches();
        boolean hexadecimal = HEXADECIMAL.matcher(text).matches();
        boolean decimal = DECIMAL.matcher(text).matches();
        if (NO_NUMBER.matcher(text).matches()) {
            note(event, () -> Rejection.at(DocumentText.named(path), text, "a finite number", "number.too_large"));
            return DocumentText.STAND_IN_NUMBER;
        }
        if (!octal && !hexadecimal && !decimal) {
            return NODES.stringNode(text);
        }
        if (text.length() > WireJson.MAX_NUMBER) {
            note(event, () -> DocumentText.tooManyDigits(text, path));
            return DocumentText.STAND_IN_NUMBER;
        }
        JsonNode number = octal || hexadecimal
                ? DocumentText.integer(new BigInteger(text.substring(2), octal ? 8 : 16))
                : INTEGER.matcher(text).matches()
                        ? DocumentText.integer(text.startsWith("+") ? text.substring(1) : text)
                        : NODES.numberNode(Double.parseDouble(text));
        if (DocumentText.isFit(number)) {
            return number;
        }
        note(event, () -> DocumentText.tooLarge(text, path));
        return DocumentText.STAND_IN_NUMBER;
    }

    private void note(Event event, Supplier<FieldError> fault) {
        faults.note(() -> {
            FieldError found = fault.get();
            return new FieldError(null, line(event), found.field(), found.value(), found.expected(), found.code());
        });
    }

    private void count(int moreValues, int moreCharacters, Event event, FieldPath path) {
        values += moreValues;
        characters += moreCharacters;
        if (values > MAX_VALUES) {
            throw refuse(event, path, null, "at most %d values".formatted(MAX_VALUES), "document.too_large");
        }
        if (characters > MAX_CHARACTERS) {
            throw refuse(
                    event,
                    path,
                    null,
                    "at most %d characters, aliases counted as what they stand for".formatted(MAX_CHARACTERS),
                    "document.too_large");
        }
    }

    private static void refuseTag(Event event, @Nullable String tag, String accepted, FieldPath path) {
        if (tag != null && !tag.equals(accepted) && !tag.equals("!")) {
            throw refuse(event, path, tag, "no tag", "tag.unknown");
        }
    }

    private static Rejection refuse(Event event, FieldPath path, @Nullable String value, String expected, String code) {
        return rejection(line(event), DocumentText.named(path), value, expected, code);
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
