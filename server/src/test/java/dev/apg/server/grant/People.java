package dev.apg.server.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.Map;

/** Members of a fresh tenant and their teams. */
public record People(TestServer server, TestClient administrator) {
    /** Somebody with a token, and how others name them. */
    public record Member(String name, TestClient client, String text) {
        /** The same, whose every answer knows what was done up to there. */
        public Member seeing(String seq) {
            return new Member(name, client.with("X-APG-Min-Seq", seq), text);
        }
    }

    public static People in(TestServer server) {
        return new People(server, TestTenant.in(server).client().with("If-Match", "*"));
    }

    public Member member(String label, String role) {
        Answer issued = done(administrator.post("/api/v1/tokens", Map.of("label", label, "role", role)));
        String text = issued.json().get("text").asString();
        return new Member(
                "token:" + issued.json().at("/token/id").asString(),
                server.client(text).with("If-Match", "*"),
                text);
    }

    public void team(String code, Member... members) {
        done(administrator.post("/api/v1/teams", Map.of("code", code)));
        for (Member member : members) {
            done(administrator.put(
                    "/api/v1/teams/%s/members/%s".formatted(code, member.name()), Map.of("maintainer", false)));
        }
    }

    public static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer;
    }

    public static String detail(Answer answer) {
        return answer.json().get("detail").asString();
    }

    /** A version that can be published. */
    public static String version(String code, String number) {
        return "{\"format\": \"apg.version/1\", \"capability\": \"%s\", \"version\": \"%s\"}".formatted(code, number);
    }
}
