package dev.apg.server.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** What the annotations say in Java's terms and the document must say in its own. */
class WireDetails implements OpenApiCustomizer {
    @Override
    public void customise(OpenAPI document) {
        document.getComponents().getSchemas().values().forEach(WireDetails::anchor);
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(WireDetails::complete);
    }

    private static void complete(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getSchema() == null && parameter.getContent() == null)
                    .forEach(parameter -> parameter.setSchema(new StringSchema()));
        }
        if (operation.getRequestBody() != null) {
            Content content = operation.getRequestBody().getContent();
            if (content.containsKey("application/json") && !content.containsKey("application/x-www-form-urlencoded")) {
                content.putIfAbsent("application/yaml", content.get("application/json"));
            }
        }
    }

    /** A constraint's pattern is about the whole text; JSON Schema's is about any part of it. */
    private static void anchor(Schema<?> schema) {
        String pattern = schema.getPattern();
        if (pattern != null && !pattern.startsWith("^")) {
            schema.setPattern("^(?:" + pattern + ")$");
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(WireDetails::anchor);
        }
        if (schema.getItems() != null) {
            anchor(schema.getItems());
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            anchor(values);
        }
        Stream.of(schema.getOneOf(), schema.getAnyOf(), schema.getAllOf())
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .forEach(WireDetails::anchor);
    }
}
