package dev.apg.server.web.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A field that a document need not have.
 *
 * @param field its path
 * @param without a document that leaves it out
 * @param with the same with null for it
 */
record NullField(String field, JsonNode without, JsonNode with) {

    /** All that a schema has, at any depth. */
    static List<NullField> of(Schema schema) {
        List<NullField> fields = new ArrayList<>();
        collect(schema, "", inner -> inner, fields);
        return fields;
    }

    /** @param document puts an inner document into the one that is sent */
    private static void collect(Schema schema, String path, UnaryOperator<JsonNode> document, List<NullField> fields) {
        for (Schema alternative : schema.alternatives()) {
            if (alternative.type().equals("object") && !alternative.isMap()) {
                object(alternative, path, document, fields);
            } else if (alternative.type().equals("array")) {
                collect(
                        alternative.items(),
                        path + "[0]",
                        inner -> document.apply(
                                JsonNodeFactory.instance.arrayNode().add(inner)),
                        fields);
            }
        }
    }

    private static void object(Schema schema, String path, UnaryOperator<JsonNode> document, List<NullField> fields) {
        ObjectNode sample = (ObjectNode) schema.sample();
        Set<String> needed = schema.required();
        schema.properties().forEach((name, property) -> {
            String field = path.isEmpty() ? name : path + "." + name;
            if (!needed.contains(name) && !name.equals("op")) {
                fields.add(new NullField(
                        field,
                        document.apply(sample),
                        document.apply(sample.deepCopy().putNull(name))));
            }
            collect(property, field, inner -> document.apply(sample.deepCopy().set(name, inner)), fields);
        });
    }

    @Override
    public String toString() {
        return field;
    }
}
