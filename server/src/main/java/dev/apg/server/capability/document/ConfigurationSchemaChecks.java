package dev.apg.server.capability.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.web.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Whether a JSON Schema is one, and one that can be used without fetching anything. */
@Component
class ConfigurationSchemaChecks {
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MOST_ERRORS = 10;
    private static final int MOST_REMEMBERED = 10_000;
    private static final String DRAFT_2020_12 = SpecificationVersion.DRAFT_2020_12.getDialectId();

    /** Digests of schemas in which nothing was found: the versions of a capability mostly bring the same one. */
    private final Cache<Digest, Boolean> sound =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Schema metaSchema = registry.getSchema(SchemaLocation.of(DRAFT_2020_12));

    /** A configuration schema: draft 2020-12 and nothing else. */
    void check(Map<String, Object> schema, Findings findings) {
        String field = "configuration_schema";
        @Nullable Object dialect = schema.get("$schema");
        if (dialect != null && !DRAFT_2020_12.equals(dialect)) {
            findings.error(field + ".$schema", dialect, DRAFT_2020_12, "schema.dialect");
            return;
        }
        byte[] bytes = WireJson.MAPPER.writeValueAsBytes(schema);
        if (bytes.length > MAX_BYTES) {
            findings.error(field, null, "at most 256 KiB", "too_large");
            return;
        }
        Digest digest = Digest.of(bytes);
        if (sound.getIfPresent(digest) != null) {
            return;
        }
        var found = new Findings(null, findings.lines());
        JsonNode tree = WireJson.MAPPER.valueToTree(schema);
        against(metaSchema, tree, field, found);
        new Walk(tree, tree.toString().contains("\"$anchor\""), found).at(tree, FieldPath.ROOT.field(field));
        found.errors().forEach(findings::add);
        if (!found.hasErrors()) {
            sound.put(digest, true);
        }
    }

    /** A contract of type JSON Schema: any dialect that is known; one that is not is not checked. */
    void checkContract(Map<?, ?> schema, String field, Findings findings) {
        @Nullable Object dialect = schema.get("$schema");
        Optional<SpecificationVersion> known = dialect == null
                ? Optional.of(SpecificationVersion.DRAFT_2020_12)
                : dialect instanceof String id ? SpecificationVersion.fromDialectId(id) : Optional.empty();
        if (known.isEmpty()) {
            findings.warning(field, "its dialect is not known, so it was not checked", "contract.not_checked");
            return;
        }
        SchemaLocation location = SchemaLocation.of(known.get().getDialectId());
        against(registry.getSchema(location), WireJson.MAPPER.valueToTree(schema), field, findings);
    }

    private static void against(Schema schema, JsonNode tree, String field, Findings findings) {
        List<Error> errors = schema.validate(tree);
        errors.stream()
                .limit(MOST_ERRORS)
                .forEach(error -> findings.error(
                        path(field, error), null, "a JSON Schema: " + error.getMessage(), "schema.malformed"));
    }

    private static String path(String field, Error error) {
        String location = error.getInstanceLocation().toString();
        return location.isEmpty() || location.equals("/") ? field : field + location.replace('/', '.');
    }

    /**
     * What the meta-schema cannot say: patterns compile, references stay inside the document and lead somewhere.
     *
     * @param anchored whether there is an anchor that a reference could lead to
     */
    private record Walk(JsonNode root, boolean anchored, Findings findings) {
        void at(JsonNode node, FieldPath field) {
            if (node.isArray()) {
                for (int i = 0; i < node.size(); i++) {
                    at(node.get(i), field.item(i));
                }
                return;
            }
            node.properties().forEach(property -> {
                String name = property.getKey();
                JsonNode value = property.getValue();
                FieldPath below = field.field(name);
                switch (name) {
                    case "$ref", "$dynamicRef" -> reference(value, below);
                    case "pattern" -> pattern(value.isString() ? value.asString() : "", below);
                    case "patternProperties" -> value.propertyNames().forEach(expression -> pattern(expression, below));
                    // Data, not schemas: what looks like a keyword in there is none.
                    case "const", "enum", "default", "examples" -> {
                        return;
                    }
                    default -> {}
                }
                at(value, below);
            });
        }

        private void reference(JsonNode value, FieldPath field) {
            if (!value.isString()) {
                return;
            }
            String target = value.asString();
            boolean found = target.equals("#")
                    || (target.startsWith("#/") && !root.at(target.substring(1)).isMissingNode())
                    || (target.startsWith("#") && !target.startsWith("#/") && anchored);
            if (!found) {
                findings.error(
                        field.toString(),
                        target,
                        "a reference to a place in this schema, such as #/$defs/port",
                        "schema.reference");
            }
        }

        private void pattern(String expression, FieldPath field) {
            try {
                Pattern.compile(expression);
            } catch (PatternSyntaxException notExpression) {
                findings.error(field.toString(), expression, "a regular expression", "schema.pattern");
                return;
            }
            try {
                com.google.re2j.Pattern.compile(expression);
            } catch (com.google.re2j.PatternSyntaxException notLinear) {
                findings.warning(
                        field.toString(),
                        "it looks around or back, so it is not matched in linear time, and configuration will not be checked",
                        "schema.pattern_not_checked");
            }
        }
    }
}
