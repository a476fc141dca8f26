package dev.apg.server.web.openapi;

import dev.apg.contract.WireJson;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;

/**
 * Shows a body, and the parts of the path that go with it, at each operation that takes one. The file tells one story
 * from top to bottom; a test sends it in that order.
 */
class RequestExamples implements OpenApiCustomizer {
    private static final ClassPathResource FILE = new ClassPathResource("openapi/request-examples.json");

    private final Map<String, RequestExample> examples;

    RequestExamples() {
        try (InputStream file = FILE.getInputStream()) {
            examples = WireJson.MAPPER.readValue(file, new TypeReference<List<RequestExample>>() {}).stream()
                    .collect(Collectors.toMap(RequestExample::operation, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the document shows at one operation.
     *
     * @param path values by the name of the parameter
     */
    private record RequestExample(
            String operation, @Nullable Map<String, String> path, Map<String, Object> body) {
        private @Nullable String value(String parameter) {
            return path == null ? null : path.get(parameter);
        }
    }

    @Override
    public void customise(OpenAPI document) {
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(operation -> operation.getRequestBody() != null)
                .forEach(this::show);
    }

    private void show(Operation operation) {
        RequestExample example = examples.get(operation.getOperationId());
        if (example == null) {
            return;
        }
        operation.getRequestBody().getContent().values().forEach(content -> content.setExample(example.body()));
        Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream()
                .filter(parameter -> parameter.getIn().equals("path"))
                .forEach(parameter -> parameter.setExample(example.value(parameter.getName())));
    }
}
