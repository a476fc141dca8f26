package dev.apg.server.web;

import dev.apg.contract.WireJson;
import dev.apg.server.platform.StoredText;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds a document from the tokens of JSON, and goes on behind values that cannot be kept. */
final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final Faults faults = new Faults();

    /** @param parser at the first token of the document */
    JsonTree(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads up to the document's end. */
    SourceDocument document(int line) {
        JsonNode root = value(FieldPath.ROOT);
        return SourceDocument.ofOneLine(root, line, faults.noted());
    }

    private JsonNode value(FieldPath path) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> list(path);
            case VALUE_STRING -> text(parser.getString(), path);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token, parser.getString(), path);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value begins with " + token);
        };
    }

    private ObjectNode object(FieldPath path) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextName() instanceof String name) {
            FieldPath below = path.field(name);
            boolean fit = StoredText.isFit(name);
            boolean again = object.has(name);
            if (!fit) {
                faults.note(() -> DocumentText.unfit(name, below));
            } else if (again) {
                faults.note(() -> DocumentText.twice(name, below));
            }
            parser.nextToken();
            JsonNode value = value(below);
            if (fit && !again) {
                object.set(name, value);
            }
        }
        return object;
    }

    private ArrayNode list(FieldPath path) {
        ArrayNode list = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(path.item(list.size())));
        }
        return list;
    }

    private JsonNode text(String text, FieldPath path) {
        if (StoredText.isFit(text)) {
            return NODES.stringNode(text);
        }
        faults.note(() -> DocumentText.unfit(text, path));
        return DocumentText.STAND_IN_TEXT;
    }

    private JsonNode number(JsonToken token, String written, FieldPath path) {
        if (written.length() > WireJson.MAX_NUMBER) {
            faults.note(() -> DocumentText.tooManyDigits(written, path));
            return DocumentText.STAND_IN_NUMBER;
        }
        JsonNode number = token == JsonToken.VALUE_NUMBER_FLOAT
                ? NODES.numberNode(Double.parseDouble(written))
                : DocumentText.integer(written);
        if (DocumentText.isFit(number)) {
            return number;
        }
        faults.note(() -> DocumentText.tooLarge(written, path));
        return DocumentText.STAND_IN_NUMBER;
    }
}
