package dev.apg.server.web;

import dev.apg.server.ApgServer;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How the server is, for load balancers and people, without a token and so without details. Features add components by
 * health indicators: a bean {@code feedHealthIndicator} is the component {@code feed}.
 */
@RestController
class HealthController {
    private final HealthEndpoint endpoint;

    HealthController(HealthEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * The health of the whole or of a component.
     *
     * @param status {@code up}, {@code down}, {@code out_of_service} or {@code unknown}
     */
    record Health(String status, @Nullable Map<String, Health> components) {}

    /**
     * The health of the whole.
     *
     * @param version of the server's program
     */
    record ServerHealth(
            String status, String version, @Nullable Map<String, Health> components) {}

    /** Everything, by component; 503 if one that matters is down. */
    @GetMapping("/api/health")
    @Operation(summary = "Tell the server's health, by component, and its version")
    ResponseEntity<ServerHealth> showHealth() {
        ResponseEntity<Health> whole = answer(endpoint.health());
        Health health = Objects.requireNonNull(whole.getBody());
        return ResponseEntity.status(whole.getStatusCode())
                .body(new ServerHealth(health.status(), ApgServer.VERSION, health.components()));
    }

    /** The same where load balancers look for it. */
    @Hidden
    @GetMapping("/health")
    ResponseEntity<ServerHealth> showShortHealth() {
        return showHealth();
    }

    /** Whether the process works; no more than that, because a restart would heal nothing else. */
    @GetMapping("/livez")
    @Operation(summary = "Tell whether the process works")
    ResponseEntity<Health> showLiveness() {
        return answer(endpoint.healthForPath("liveness"));
    }

    /** Whether requests may be sent here. */
    @GetMapping("/readyz")
    @Operation(summary = "Tell whether requests may be sent here")
    ResponseEntity<Health> showReadiness() {
        return answer(endpoint.healthForPath("readiness"));
    }

    private static ResponseEntity<Health> answer(@Nullable HealthDescriptor descriptor) {
        Health health = descriptor == null ? new Health("unknown", null) : health(descriptor);
        boolean well = descriptor != null && descriptor.getStatus().equals(Status.UP);
        return ResponseEntity.status(well ? 200 : 503).body(health);
    }

    private static Health health(HealthDescriptor descriptor) {
        String status = descriptor.getStatus().getCode().toLowerCase(Locale.ROOT);
        if (!(descriptor instanceof CompositeHealthDescriptor composite) || composite.getComponents() == null) {
            return new Health(status, null);
        }
        var components = new TreeMap<String, Health>();
        for (var component : composite.getComponents().entrySet()) {
            components.put(Violations.snakeCase(component.getKey()), health(component.getValue()));
        }
        return new Health(status, components);
    }
}
