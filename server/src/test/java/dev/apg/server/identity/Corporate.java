package dev.apg.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tenant whose people come in by an identity provider, and what their browsers do. */
final class Corporate {
    static final String PROVIDERS = "/api/v1/identity-providers";
    static final String SECRET = TestProvider.SECRET;

    private final TestServer server;
    private final TestProvider provider;
    private final TestClient administrator;
    private final String tenant;

    private Corporate(TestServer server, TestProvider provider, TestClient administrator) {
        this.server = server;
        this.provider = provider;
        this.administrator = administrator;
        this.tenant = administrator.get("/api/v1/me").json().get("tenant").asString();
    }

    static Corporate in(TestServer server, TestProvider provider) {
        return new Corporate(server, provider, TestTenant.in(server).client());
    }

    TestClient administrator() {
        return administrator;
    }

    String tenant() {
        return tenant;
    }

    /** Adds a provider with these parts beside what each one needs. */
    Answer add(String code, Map<String, Object> parts) {
        Map<String, Object> wanted = new HashMap<>(
                Map.of("code", code, "issuer", provider.url(), "client_id", "apg", "client_secret", SECRET));
        wanted.putAll(parts);
        return administrator.post(PROVIDERS, wanted);
    }

    /** The one that most tests come in by: everybody is an observer, engineers develop. */
    Corporate withProvider() {
        return withProvider(Map.of());
    }

    Corporate withProvider(Map<String, Object> parts) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "roles",
                Map.of(
                        "by_group",
                        List.of(Map.of("group", "engineers", "role", "capability_developer")),
                        "otherwise",
                        "observer")));
        all.putAll(parts);
        Answer added = add("corporate", all);
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return this;
    }

    Answer change(Map<String, Object> parts) {
        return administrator.with("If-Match", "*").patch(PROVIDERS + "/corporate", parts);
    }

    String door() {
        return "/api/auth/sso/" + tenant + "/corporate";
    }

    /** A browser on its way: what it holds, and where it was sent. */
    record Way(String cookie, URI provider) {}

    Way begin() {
        return begin(server, door());
    }

    Way begin(TestServer node, String path) {
        Answer begun = node.anonymous().get(path);
        assertThat(begun.status()).as(begun.text()).isEqualTo(303);
        return new Way(
                cookie(begun, "apg_sign_on"),
                URI.create(begun.header("Location").orElseThrow()));
    }

    /** Of an address of this installation what a client can ask for, wherever the server listens. */
    static String path(URI address) {
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    Answer comeBack(Way way, URI address) {
        return comeBack(server, way, address);
    }

    Answer comeBack(TestServer node, Way way, URI address) {
        return node.anonymous().with("Cookie", way.cookie()).get(path(address));
    }

    /** The whole way of somebody with a fresh browser. */
    Answer comeIn() {
        Way way = begin();
        return comeBack(way, TestProvider.visit(way.provider()));
    }

    /** The browser of somebody who has just come in. */
    TestClient browser() {
        return browser(comeIn());
    }

    TestClient browser(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        TestClient browser = server.anonymous().with("Cookie", cookie(answer, "apg_session"));
        return browser.with(
                "X-APG-CSRF", browser.get("/api/v1/me").json().get("csrf_token").asString());
    }

    static String cookie(Answer answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.split(";", 2)[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no cookie " + name + " in " + answer.headers().map()));
    }

    /** The audit log, as text. */
    String audit() {
        return administrator.get("/api/v1/audit?limit=100").text();
    }
}
