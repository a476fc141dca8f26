package dev.apg.server.web.hostile;

import dev.apg.contract.WireJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document that breaks its schema in one place.
 *
 * @param field where, as a problem spells it; {@code body} for the whole
 * @param what is wrong there
 */
record Mutant(String field, String what, JsonNode document) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A text longer than any bound of the contract. */
    private static final String LONG = "a".repeat(40_000);

    /** Every document that breaks a schema in one place. */
    static List<Mutant> of(Schema schema) {
        List<Schema> alternatives = schema.alternatives();
        return alternatives.stream()
                .flatMap(alternative -> mutants(alternative, "").stream())
                .map(mutant -> alternatives.size() > 1 ? mutant.ofUnknownKind(alternatives) : mutant)
                .toList();
    }

    /** Where the fields tell the kind, a document without one of them is of no kind: a matter of the whole. */
    private Mutant ofUnknownKind(List<Schema> alternatives) {
        boolean none = document.isObject()
                && alternatives.stream()
                        .noneMatch(schema -> schema.required().stream().anyMatch(document::has));
        return none ? new Mutant("body", what, document) : this;
    }

    private static List<Mutant> mutants(Schema schema, String field) {
        return switch (schema.type()) {
            case "object" -> schema.isMap() ? map(schema, field) : object(schema, field);
            case "array" -> array(schema, field);
            case "string" -> text(schema, field);
            case "integer" -> number(schema, field);
            case "boolean" -> wrong(field, "yes", 1, List.of(), Map.of());
            default -> List.of();
        };
    }

    private static List<Mutant> object(Schema schema, String field) {
        List<Mutant> mutants = new ArrayList<>(wrong(field, "text", 7, true, List.of()));
        ObjectNode sample = (ObjectNode) schema.sample();
        mutants.add(
                new Mutant(dot(field, "surprise"), "unknown", sample.deepCopy().put("surprise", 1)));
        for (String name : schema.required()) {
            ObjectNode without = sample.deepCopy();
            without.remove(name);
            mutants.add(new Mutant(dot(field, name), "missing", without));
            mutants.add(new Mutant(dot(field, name), "null", sample.deepCopy().putNull(name)));
        }
        schema.properties().forEach((name, property) -> {
            List<Schema> alternatives = property.alternatives();
            for (Schema alternative : alternatives) {
                for (Mutant inner : mutants(alternative, dot(field, name))) {
                    if (isOfAnother(inner, alternatives, alternative)) {
                        continue;
                    }
                    ObjectNode outer = sample.deepCopy();
                    outer.set(name, inner.document());
                    mutants.add(new Mutant(inner.field(), inner.what(), outer));
                }
            }
        });
        return mutants;
    }

    /** Whether a document that breaks one alternative is of the type of another: it is that one's matter then. */
    private static boolean isOfAnother(Mutant mutant, List<Schema> alternatives, Schema broken) {
        String type = mutant.document().isArray() ? "array" : mutant.document().isString() ? "string" : "other";
        return alternatives.stream()
                .anyMatch(each -> each != broken && each.type().equals(type));
    }

    private static List<Mutant> map(Schema schema, String field) {
        List<Mutant> mutants = new ArrayList<>(wrong(field, "text", 7, true, List.of()));
        if (!schema.values().type().equals("anything")) {
            mutants.add(new Mutant(field + ".box", "null", JSON.objectNode().putNull("box")));
        }
        for (Mutant inner : mutants(schema.values(), field + ".box")) {
            mutants.add(
                    new Mutant(inner.field(), inner.what(), JSON.objectNode().set("box", inner.document())));
        }
        return mutants;
    }

    private static List<Mutant> array(Schema schema, String field) {
        List<Mutant> mutants = new ArrayList<>(wrong(field, "text", 7, true, Map.of("a", 1)));
        JsonNode most = schema.node().path("maxItems");
        if (!most.isMissingNode()) {
            ArrayNode tooMany = JSON.arrayNode();
            for (int i = 0; i <= most.asInt(); i++) {
                tooMany.add(schema.items().sample());
            }
            mutants.add(new Mutant(field, "too many", tooMany));
        }
        mutants.add(new Mutant(field + "[0]", "null", JSON.arrayNode().addNull()));
        for (Schema alternative : schema.items().alternatives()) {
            for (Mutant inner : mutants(alternative, field + "[0]")) {
                mutants.add(
                        new Mutant(inner.field(), inner.what(), JSON.arrayNode().add(inner.document())));
            }
        }
        return mutants;
    }

    private static List<Mutant> text(Schema schema, String field) {
        List<Mutant> mutants = new ArrayList<>(wrong(field, 7, 1.5, true, List.of("a"), Map.of("a", "b")));
        mutants.add(new Mutant(field, "too long", JSON.stringNode(LONG)));
        mutants.add(new Mutant(field, "with NUL", JSON.stringNode("a\u0000b")));
        if (schema.node().has("enum")
                || schema.node().has("pattern")
                || schema.node().has("format")) {
            mutants.add(new Mutant(field, "of another form", JSON.stringNode("\u202e no, never!")));
        }
        if (schema.node().path("minLength").asInt(0) > 0) {
            mutants.add(new Mutant(field, "empty", JSON.stringNode("")));
        }
        return mutants;
    }

    private static List<Mutant> number(Schema schema, String field) {
        List<Mutant> mutants =
                new ArrayList<>(wrong(field, "7", 1.5, true, List.of(1), Map.of(), new BigInteger("9".repeat(30))));
        for (String bound : List.of("minimum", "maximum")) {
            if (schema.node().has(bound)) {
                long beyond = schema.node().get(bound).asLong() + (bound.equals("maximum") ? 1 : -1);
                mutants.add(new Mutant(field, "beyond the " + bound, JSON.numberNode(beyond)));
            }
        }
        return mutants;
    }

    private static List<Mutant> wrong(String field, Object... values) {
        List<Mutant> mutants = new ArrayList<>();
        for (Object value : values) {
            JsonNode node = WireJson.MAPPER.valueToTree(value);
            mutants.add(new Mutant(field.isEmpty() ? "body" : field, "not " + node, node));
        }
        return mutants;
    }

    private static String dot(String field, String name) {
        return field.isEmpty() ? name : field + "." + name;
    }

    @Override
    public String toString() {
        return field + " " + what;
    }
}
