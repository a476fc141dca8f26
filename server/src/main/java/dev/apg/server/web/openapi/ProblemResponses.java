package dev.apg.server.web.openapi;

import dev.apg.contract.ProblemDocument;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds the problems that an operation may answer with, by what it takes. */
class ProblemResponses implements OpenApiCustomizer {
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("400", "Malformed: cannot be read");
        MEANINGS.put("401", "No valid token");
        MEANINGS.put("403", "The role lacks the permission");
        MEANINGS.put("404", "Not found");
        MEANINGS.put("408", "Sent or read too slowly");
        MEANINGS.put("409", "Conflicts with the present state");
        MEANINGS.put("410", "Gone: purged, or older than what is kept, or a cursor of another epoch");
        MEANINGS.put("412", "If-Match names another edition than the present one");
        MEANINGS.put("413", "The body is too large");
        MEANINGS.put("415", "The media type is not accepted");
        MEANINGS.put("422", "Readable, but breaks a rule");
        MEANINGS.put("428", "If-Match is missing");
        MEANINGS.put("429", "Sent too often; Retry-After says when to try again");
        MEANINGS.put("503", "Cannot be answered now; Retry-After says when to try again");
    }

    /** Where slowness has a bound. */
    private static final Set<String> LONG_TRANSFERS =
            Set.of("/api/v1/imports", "/api/v1/export", "/api/v1/tenant/export", "/api/v1/tenants/{code}/export");

    private static final Map<String, String> TAGS = new LinkedHashMap<>();

    static {
        TAGS.put("account", "People, sessions, tokens, clients, who am I");
        TAGS.put("audit", "Who did what, and whether that is still what was written");
        TAGS.put("capability", "Publish, import, export and change capabilities and versions");
        TAGS.put("catalog", "Read capabilities, services, dependencies and the graph");
        TAGS.put("composition", "Compose, resolve, validate, freeze, compare");
        TAGS.put("event", "The event log");
        TAGS.put("health", "How the server is");
        TAGS.put("identity", "Single sign-on: identity providers, and coming in by them");
        TAGS.put("impact", "What a change would mean for the compositions");
        TAGS.put("pipeline", "Jobs of CI services that publish without a stored secret");
        TAGS.put("role", "What kinds of work there are, and what each may do");
        TAGS.put("search", "Find capabilities by words");
        TAGS.put("secret", "What secrets are encrypted with, for whoever runs the installation");
        TAGS.put("setting", "How a tenant works");
        TAGS.put("signing", "The keys that access tokens are signed with");
        TAGS.put("team", "Members of a tenant who own things together");
        TAGS.put("tenant", "Make, bound, suspend and delete tenants, with the platform's key");
    }

    @Override
    public void customise(OpenAPI document) {
        ModelConverters.getInstance(true).readAll(ProblemDocument.class).forEach(document.getComponents()::addSchemas);
        MEANINGS.forEach((status, meaning) -> document.getComponents()
                .addResponses(
                        "Problem" + status,
                        new ApiResponse()
                                .description(meaning)
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType().schema(new Schema<>().$ref("ProblemDocument"))))));
        TAGS.forEach(
                (name, description) -> document.addTagsItem(new Tag().name(name).description(description)));
        document.getPaths().forEach((path, item) -> add(path, item));
    }

    private static void add(String path, PathItem item) {
        item.readOperationsMap().forEach((method, operation) -> {
            boolean open =
                    operation.getSecurity() != null && operation.getSecurity().isEmpty();
            if (open) {
                refer(operation, "400");
                refer(operation, "503");
                return;
            }
            List.of("400", "401", "403", "410", "429", "503").forEach(status -> refer(operation, status));
            if (LONG_TRANSFERS.contains(path)) {
                refer(operation, "408");
            }
            if (path.contains("{")) {
                refer(operation, "404");
            }
            if (method != PathItem.HttpMethod.GET) {
                refer(operation, "409");
                refer(operation, "422");
            }
            if (operation.getRequestBody() != null) {
                refer(operation, "413");
                refer(operation, "415");
            }
            if (Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream()
                    .anyMatch(parameter -> "If-Match".equals(parameter.getName()))) {
                refer(operation, "412");
                refer(operation, "428");
            }
        });
    }

    private static void refer(Operation operation, String status) {
        if (!operation.getResponses().containsKey(status)) {
            operation.getResponses().addApiResponse(status, new ApiResponse().$ref("Problem" + status));
        }
    }
}
