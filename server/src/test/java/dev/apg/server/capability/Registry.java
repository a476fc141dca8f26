package dev.apg.server.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.account.Accounts;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** What tests say to a registry, in one tenant of its own. */
final class Registry {
    final TestClient client;

    private Registry(TestClient client) {
        this.client = client;
    }

    /** A fresh tenant of the server, as its administrator. */
    static Registry of(TestServer server) {
        return of(server, Role.TENANT_ADMINISTRATOR);
    }

    static Registry of(TestServer server, Role role) {
        return in(server, tenant(server), role);
    }

    /** The tenant {@code default} as its administrator. */
    static Registry administrator(TestServer server) {
        return new Registry(server.client());
    }

    /** A fresh tenant. */
    static UUID tenant(TestServer server) {
        return TestTenant.make(server);
    }

    static Registry in(TestServer server, UUID tenant, Role role) {
        var actor = new Actor(tenant, ActorKind.TOKEN, "test", Role.TENANT_ADMINISTRATOR);
        var context = new TenantContext(tenant, actor, "test", Optional.empty(), Optional.empty());
        String token = server.bean(Accounts.class)
                .issueToken(context, "test", role, Optional.empty())
                .value()
                .text();
        return new Registry(server.client(token));
    }

    /** Publishes a YAML document under the code that it names. */
    Answer publish(String yaml) {
        String code = yaml.lines()
                .filter(line -> line.startsWith("capability: "))
                .findFirst()
                .orElseThrow()
                .substring("capability: ".length())
                .strip();
        return publishAs(code, yaml);
    }

    Answer publishAs(String code, String yaml) {
        return client.send("POST", versions(code), BodyPublishers.ofString(yaml), "application/yaml");
    }

    /** Publishes a version with nothing but a number. */
    void has(String code, String number) {
        Answer answer = publish(version(code, number));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    Answer importLines(String lines) {
        return client.send("POST", "/api/v1/imports", BodyPublishers.ofString(lines), "application/jsonl");
    }

    Answer importYaml(String yaml) {
        return client.send("POST", "/api/v1/imports", BodyPublishers.ofString(yaml), "application/yaml");
    }

    Answer version(String code, String number, String rest) {
        return client.get(versions(code) + "/" + number + rest);
    }

    static String versions(String code) {
        return "/api/v1/capabilities/" + URLEncoder.encode(code, StandardCharsets.UTF_8) + "/versions";
    }

    static String version(String code, String number) {
        return """
                format: apg.version/1
                capability: %s
                version: %s
                """.formatted(code, number);
    }

    /** The same as a line of JSON, with more fields. */
    static String line(String code, String number, String more) {
        return "{\"format\":\"apg.version/1\",\"capability\":\"%s\",\"version\":\"%s\"%s}\n"
                .formatted(code, number, more);
    }
}
