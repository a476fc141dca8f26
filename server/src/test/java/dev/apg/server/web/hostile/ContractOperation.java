package dev.apg.server.web.hostile;

import dev.apg.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An operation as the OpenAPI document of a running server tells it. */
record ContractOperation(String method, String path, JsonNode definition, JsonNode schemas) {

    /** All of them. */
    static List<ContractOperation> of(TestServer server) {
        JsonNode document = server.anonymous().get("/api/openapi.json").json();
        JsonNode schemas = document.at("/components/schemas");
        List<ContractOperation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new ContractOperation(
                                operation.getKey().toUpperCase(), path.getKey(), operation.getValue(), schemas))));
        return operations;
    }

    String id() {
        return definition.get("operationId").asString();
    }

    /** Of a tenant; not the platform's key. */
    boolean needsToken() {
        return !definition.has("security");
    }

    boolean needsPlatformKey() {
        return definition.at("/security/0").has("platform");
    }

    /** To whoever comes. */
    boolean isOpen() {
        return !needsToken() && definition.get("security").isEmpty();
    }

    boolean needsBody() {
        return definition.at("/requestBody/required").asBoolean(false);
    }

    /** How it takes JSON; empty if it takes no body. */
    Optional<String> jsonType() {
        return definition.at("/requestBody/content").propertyNames().stream()
                .filter(type -> type.startsWith("application/json"))
                .findFirst();
    }

    Optional<Schema> body() {
        return jsonType()
                .map(type -> new Schema(
                        definition.at("/requestBody/content").get(type).get("schema"), schemas));
    }

    List<JsonNode> parameters(String in) {
        return definition
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.get("in").asString().equals(in))
                .toList();
    }

    boolean hasHeader(String name) {
        return parameters("header").stream()
                .anyMatch(parameter -> parameter.get("name").asString().equals(name));
    }

    @Override
    public String toString() {
        return id();
    }
}
