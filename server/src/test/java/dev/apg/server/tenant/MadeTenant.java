package dev.apg.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A tenant that was made over HTTP, and its administrator. */
record MadeTenant(TestServer server, UUID id, String code, TestClient administrator) {
    static MadeTenant in(TestServer server, Map<String, Object> more) {
        String code = "acme-" + UUID.randomUUID();
        Map<String, Object> wanted = new HashMap<>(more);
        wanted.put("code", code);
        Answer made = server.platform().post("/api/v1/tenants", wanted);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("Location")).contains("/api/v1/tenants/" + code);
        return new MadeTenant(
                server,
                UUID.fromString(made.json().at("/tenant/id").asString()),
                code,
                server.client(made.json().at("/administrator/text").asString()));
    }

    Answer act(String what, Map<String, Object> body) {
        return server.platform().post("/api/v1/tenants/%s/%s".formatted(code, what), body);
    }

    JsonNode shown() {
        return server.platform().get("/api/v1/tenants/" + code).json();
    }

    Answer publish(String capability, String number) {
        return administrator.post(
                "/api/v1/capabilities/%s/versions".formatted(capability),
                Map.of("format", "apg.version/1", "capability", capability, "version", number));
    }
}
