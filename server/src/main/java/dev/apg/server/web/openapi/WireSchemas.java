package dev.apg.server.web.openapi;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JavaType;
import dev.apg.contract.HiddenCharacters;
import dev.apg.contract.VisibleText;
import dev.apg.contract.WireJson;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which fields of a record are always there. In what clients send, those with a constraint that says so; in what
 * the server answers, all that are not {@code @Nullable}, because nulls are left out.
 */
class WireSchemas implements ModelConverter {
    private static final String REFERENCE = "#/components/schemas/";

    private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

    /** What comes in several kinds, of which a field tells which it is. */
    private final Map<String, Class<?>> unions = new ConcurrentHashMap<>();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> schema = chain.next().resolve(type, context, chain);
        JavaType java = Json.mapper().constructType(type.getType());
        boolean isUnion = java != null && java.getRawClass().isAnnotationPresent(JsonSubTypes.class);
        if (schema != null && java != null && (isUnion || java.getRawClass().isRecord())) {
            String name = schema.get$ref() == null
                    ? schema.getName()
                    : schema.get$ref().substring(REFERENCE.length());
            if (name != null) {
                (isUnion ? unions : records).put(name, java.getRawClass());
            }
        }
        return schema;
    }

    void complete(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        Set<String> sent = sent(document, schemas);
        schemas.forEach((name, schema) -> {
            Class<?> type = records.get(name);
            if (type != null) {
                schema.setRequired(null);
                required(type, sent.contains(name)).forEach(schema::addRequiredItem);
                tellTexts(type, schema);
                tellWordsOrLists(type, schema);
            }
            Class<?> union = unions.get(name);
            if (union != null && schema.getDiscriminator() != null) {
                tellKinds(union, schema);
            }
        });
    }

    /** What texts for people consist of, where nothing narrower is said. */
    private static void tellTexts(Class<?> type, Schema<?> schema) {
        if (schema.getAllOf() != null) {
            // Of a kind among several the fields stand in a part.
            schema.getAllOf().forEach(part -> tellTexts(type, part));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Schema<?> text = schema.getProperties() == null
                    ? null
                    : schema.getProperties().get(wireName(component.getName()));
            VisibleText visible = component.getAccessor().getAnnotation(VisibleText.class);
            if (text != null && visible != null && text.getPattern() == null) {
                text.setPattern(visible.lines() ? HiddenCharacters.LINES_PATTERN : HiddenCharacters.LINE_PATTERN);
            }
        }
    }

    /** What may be given as one element instead of a list of one. */
    private static void tellWordsOrLists(Class<?> type, Schema<?> schema) {
        for (RecordComponent component : type.getRecordComponents()) {
            JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
            String name = wireName(component.getName());
            if (format != null
                    && List.of(format.with()).contains(JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                    && schema.getProperties() != null) {
                Schema<?> list = Objects.requireNonNull(schema.getProperties().get(name));
                schema.getProperties().put(name, new Schema<>().oneOf(List.of(list.getItems(), list)));
            }
        }
    }

    /** Without a mapping the value would be the name of the schema. */
    private void tellKinds(Class<?> union, Schema<?> schema) {
        Discriminator discriminator = schema.getDiscriminator();
        var values = new StringSchema();
        for (JsonSubTypes.Type kind : union.getAnnotation(JsonSubTypes.class).value()) {
            values.addEnumItem(kind.name());
            records.forEach((name, type) -> {
                if (type == kind.value()) {
                    discriminator.mapping(kind.name(), REFERENCE + name);
                }
            });
        }
        schema.addProperty(discriminator.getPropertyName(), values);
    }

    private static Stream<String> required(Class<?> type, boolean sent) {
        return Stream.of(type.getRecordComponents())
                .filter(component -> sent ? isDemanded(component) : !isNullable(component))
                .map(component -> wireName(component.getName()));
    }

    private static boolean isDemanded(RecordComponent component) {
        return Stream.of(NotNull.class, NotBlank.class, NotEmpty.class)
                .anyMatch(constraint -> component.getAccessor().isAnnotationPresent(constraint));
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String wireName(String name) {
        return WireJson.MAPPER.serializationConfig().getPropertyNamingStrategy().nameForField(null, null, name);
    }

    /** Names of the schemas that bodies of requests are made of. */
    private static Set<String> sent(OpenAPI document, Map<String, Schema> schemas) {
        Deque<Schema<?>> open = new ArrayDeque<>();
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .flatMap(body -> body.getContent().values().stream())
                .forEach(content -> open.add(content.getSchema()));
        var names = new HashSet<String>();
        while (!open.isEmpty()) {
            Schema<?> schema = open.pop();
            if (schema.get$ref() == null) {
                open.addAll(parts(schema));
            } else {
                String name = schema.get$ref().substring(REFERENCE.length());
                if (names.add(name) && schemas.containsKey(name)) {
                    open.add(schemas.get(name));
                }
            }
        }
        return names;
    }

    private static List<Schema<?>> parts(Schema<?> schema) {
        var parts = new ArrayList<Schema<?>>();
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(parts::add);
        }
        Stream.of(schema.getOneOf(), schema.getAnyOf(), schema.getAllOf())
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .forEach(parts::add);
        if (schema.getItems() != null) {
            parts.add(schema.getItems());
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            parts.add(values);
        }
        return parts;
    }
}
