package dev.apg.server.web.hostile;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A schema of the OpenAPI document, with its references followed. */
record Schema(JsonNode node, JsonNode all) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Between them they fit every pattern of the document. */
    private static final List<String> TEXTS = List.of(
            "box",
            "apg.version/1",
            "apg.composition/1",
            "observer",
            "/data",
            "100m",
            "LEVEL",
            "1.0.0",
            "me",
            "https://box.invalid");

    private static final String REFERENCE = "#/components/schemas/";

    Schema(JsonNode node, JsonNode all) {
        this.node = node.has("$ref") ? all.get(node.get("$ref").asString().substring(REFERENCE.length())) : node;
        this.all = all;
    }

    /** The schemas of which a document has to fit one: usually this one alone. */
    List<Schema> alternatives() {
        return node.has("oneOf")
                ? node.get("oneOf").valueStream().map(this::other).toList()
                : List.of(this);
    }

    String type() {
        return node.has("allOf") ? "object" : node.path("type").asString("anything");
    }

    Map<String, Schema> properties() {
        Map<String, Schema> properties = new LinkedHashMap<>();
        parts().forEach(part -> part.path("properties")
                .properties()
                .forEach(property -> properties.put(property.getKey(), other(property.getValue()))));
        return properties;
    }

    Set<String> required() {
        Set<String> required = new LinkedHashSet<>();
        parts().forEach(part -> part.path("required").values().forEach(name -> required.add(name.asString())));
        return required;
    }

    /** Of the values of a map. */
    Schema values() {
        return other(node.get("additionalProperties"));
    }

    boolean isMap() {
        return node.has("additionalProperties");
    }

    Schema items() {
        return other(node.get("items"));
    }

    /** The smallest document that fits. */
    JsonNode sample() {
        if (node.has("oneOf")) {
            return alternatives().getFirst().sample();
        }
        return switch (type()) {
            case "object" -> object();
            case "array" -> {
                var array = JSON.arrayNode();
                for (int i = 0; i < node.path("minItems").asInt(0); i++) {
                    array.add(items().sample());
                }
                yield array;
            }
            case "string" -> JSON.stringNode(text());
            case "integer" -> JSON.numberNode(node.path("minimum").asLong(1));
            case "boolean" -> JSON.booleanNode(true);
            default -> JSON.objectNode();
        };
    }

    private ObjectNode object() {
        ObjectNode object = JSON.objectNode();
        Map<String, Schema> properties = properties();
        for (String name : required()) {
            object.set(name, properties.get(name).sample());
        }
        parts().forEach(part -> part.path("discriminator").path("mapping").properties().stream()
                .filter(kind -> all.get(kind.getValue().asString().substring(REFERENCE.length())) == node)
                .forEach(kind ->
                        object.put(part.at("/discriminator/propertyName").asString(), kind.getKey())));
        return object;
    }

    private String text() {
        if (node.has("enum")) {
            return node.get("enum").get(0).asString();
        }
        if (node.path("format").asString("").equals("date-time")) {
            return "2100-01-01T00:00:00Z";
        }
        String pattern = node.path("pattern").asString(".*");
        return TEXTS.stream()
                .filter(text -> text.matches(pattern))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample text fits " + pattern));
    }

    private Stream<JsonNode> parts() {
        return Stream.concat(
                Stream.of(node),
                node.path("allOf").valueStream().map(part -> other(part).node()));
    }

    private Schema other(JsonNode schema) {
        return new Schema(schema, all);
    }
}
