package dev.apg.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The audit log of a tenant of its own. */
public record Trail(TestServer server, TestTenant tenant) {
    public Trail(TestServer server) {
        this(server, TestTenant.in(server));
    }

    public TestClient client() {
        return tenant.client();
    }

    public void register(String... codes) {
        for (String code : codes) {
            assertThat(client().post("/api/v1/capabilities", Map.of("capability", code))
                            .status())
                    .isEqualTo(201);
        }
    }

    public JsonNode verification() {
        Answer answer = client().get("/api/v1/audit/verification");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** Runs the job until it has sealed everything, as it would do within seconds. */
    public JsonNode sealed() {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        JsonNode verification = verification();
        while (verification.get("unsealed").asLong() > 0) {
            assertThat(Instant.now()).as("sealed in time").isBefore(end);
            server.bean(SealingJob.class).sealWhatIsComplete();
            verification = verification();
        }
        return verification;
    }

    /** Lets everything that is not sealed yet be so many days older. */
    public void age(int days) throws SQLException {
        tamper("UPDATE audit_entry SET at = at - interval '%d days' WHERE tenant_id = ?".formatted(days));
    }

    /** Changes rows behind the program's back; the statement's parameter is the tenant. */
    public void tamper(String sql) throws SQLException {
        try (var connection = server.database().superuser();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, tenant.id());
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}
