package dev.apg.server.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.ImportReport;
import dev.apg.server.tenancy.Role;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ExportTests {
    @AutoClose
    private static final TestServer server = TestServer.start();

    @Test
    void an_export_imports_into_another_tenant_with_the_same_digests_states_and_descriptions() {
        for (int seed = 0; seed < 12; seed++) {
            Registry first = Registry.of(server);
            Answer made = first.importLines(randomRegistry(new Random(seed)));
            assertThat(made.status()).as("seed %d: %s", seed, made.text()).isEqualTo(200);
            String exported = first.client.get("/api/v1/export").text();

            Registry second = Registry.of(server);
            Answer imported = second.importLines(exported);

            assertThat(imported.status())
                    .as("seed %d: %s", seed, imported.text())
                    .isEqualTo(200);
            assertThat(second.client.get("/api/v1/export").text())
                    .as("seed %d", seed)
                    .isEqualTo(exported);
            assertThat(first.importLines(exported).as(ImportReport.class).created())
                    .as("seed %d", seed)
                    .isZero();
        }
    }

    @Test
    void equal_catalogues_export_to_equal_bytes_in_whatever_order_they_came_about() {
        List<String> lines = List.of(
                Registry.line("zebra", "1.0.0", ",\"requirements\":[{\"capability\":\"apple\"}]")
                        .strip(),
                Registry.line("apple", "10.0.0", ",\"provides\":[{\"service\":\"fruit\",\"version\":\"1.0.0\"}]")
                        .strip(),
                Registry.line("apple", "9.0.0", ",\"conflicts\":[{\"service\":\"bruise\"}]")
                        .strip(),
                Registry.line("apple", "10.0.0-rc.2", "").strip(),
                Registry.line("apple", "10.0.0-rc.10", "").strip(),
                "{\"format\":\"apg.service/1\",\"service\":\"bruise\",\"description\":\"\"}");
        Registry first = Registry.of(server);
        assertThat(first.importLines(String.join("\n", lines)).status()).isEqualTo(200);
        Registry second = Registry.of(server);
        assertThat(second.importLines(String.join("\n", lines.reversed())).status())
                .isEqualTo(200);

        String exported = first.client.get("/api/v1/export").text();
        assertThat(second.client.get("/api/v1/export").text()).isEqualTo(exported);
        assertThat(exported.lines().map(line -> line.replaceAll("^.*\"version\":\"([^\"]*)\"}$", "$1")))
                .containsSubsequence("9.0.0", "10.0.0-rc.2", "10.0.0-rc.10", "10.0.0");

        Registry third = Registry.of(server);
        assertThat(third.importLines(exported).status()).isEqualTo(200);
        assertThat(third.client.get("/api/v1/export").text()).isEqualTo(exported);
    }

    @Test
    void a_purged_version_survives_as_a_tombstone() {
        Registry first = Registry.of(server);
        first.has("redis", "1.0.0");
        first.client
                .with("If-Match", "*")
                .put(Registry.versions("redis") + "/1.0.0/state", "{\"state\":\"purged\",\"reason\":\"leak\"}");

        Registry second = Registry.of(server);
        Answer imported = second.importLines(first.client.get("/api/v1/export").text());

        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        assertThat(second.version("redis", "1.0.0", "/document").status()).isEqualTo(410);
        assertThat(second.version("redis", "1.0.0", "").json().get("digest"))
                .isEqualTo(first.version("redis", "1.0.0", "").json().get("digest"));
        assertThat(second.publish(Registry.version("redis", "1.0.0")).problem()).isEqualTo("version.purged");
    }

    @Test
    void a_version_that_waits_for_approval_is_not_exported_as_published() throws SQLException {
        UUID tenant = Registry.tenant(server);
        Registry first = Registry.in(server, tenant, Role.TENANT_ADMINISTRATOR);
        first.has("redis", "1.0.0");
        first.has("redis", "2.0.0");
        // Nothing makes a version wait yet; the format of the database has it.
        try (Connection connection = server.database().superuser();
                PreparedStatement wait = connection.prepareStatement(
                        "UPDATE version SET state = 'pending' WHERE tenant_id = ? AND number = '2.0.0'")) {
            wait.setObject(1, tenant);
            assertThat(wait.executeUpdate()).isOne();
        }

        Registry second = Registry.of(server);
        Answer imported = second.importLines(first.client.get("/api/v1/export").text());

        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        assertThat(second.version("redis", "1.0.0", "").status()).isEqualTo(200);
        assertThat(second.version("redis", "2.0.0", "").status()).isEqualTo(404);
    }

    @Test
    void an_export_of_one_document_is_its_canonical_bytes() {
        Registry registry = Registry.of(server);
        registry.has("redis", "1.0.0");

        List<String> lines =
                registry.client.get("/api/v1/export").text().lines().toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("\"format\":\"apg.capability/1\"", "\"status\":\"active\"");
        assertThat(lines.get(1))
                .isEqualTo(registry.version("redis", "1.0.0", "/document").text());
    }

    /** Capabilities that name each other in every way, with texts that are hard to write, in any order. */
    private static String randomRegistry(Random random) {
        List<String> lines = new ArrayList<>();
        int capabilities = 1 + random.nextInt(12);
        lines.add(
                "{\"format\":\"apg.service/1\",\"service\":\"declared\",\"description\":\"nobody \\u2028 \\\"provides\\\"\"}");
        for (int c = 0; c < capabilities; c++) {
            String code = code(c);
            int versions = 1 + random.nextInt(4);
            for (int v = 0; v < versions; v++) {
                String number = "1.%d.0%s".formatted(v, random.nextInt(5) == 0 ? "-rc.1" : "");
                lines.add(Registry.line(code, number, more(random, c, capabilities))
                        .strip());
                if (random.nextInt(5) == 0) {
                    lines.add(
                            "{\"format\":\"apg.state/1\",\"capability\":\"%s\",\"version\":\"%s\",\"state\":\"%s\",\"reason\":\"why \\u00e9\"}"
                                    .formatted(code, number, random.nextBoolean() ? "yanked" : "deprecated"));
                }
            }
            if (random.nextInt(4) == 0) {
                lines.add(
                        "{\"format\":\"apg.capability/1\",\"capability\":\"%s\",\"status\":\"%s\",\"about\":{\"owner\":\"team\"}}"
                                .formatted(
                                        code,
                                        List.of("discovered", "validated", "deprecated", "retired")
                                                .get(random.nextInt(4))));
            }
        }
        Collections.shuffle(lines, random);
        return String.join("\n", lines);
    }

    private static String code(int number) {
        return number % 3 == 0 ? "acme/c" + number : "c" + number;
    }

    private static String more(Random random, int own, int capabilities) {
        var more = new StringBuilder();
        if (random.nextBoolean()) {
            more.append(
                    ",\"about\":{\"display_name\":\"C\\ud83d\\ude00%d\",\"tags\":[\"a b\",\"\\\\\"]}".formatted(own));
        }
        if (random.nextBoolean()) {
            more.append(",\"provides\":[{\"service\":\"s%d\",\"version\":\"1.0.0\"}]".formatted(own % 2));
        }
        List<String> needs = new ArrayList<>();
        int other = random.nextInt(capabilities);
        if (other != own) {
            needs.add("{\"capability\":\"%s\",\"range\":\"^1.0.0 || >2\"}".formatted(code(other)));
        }
        if (random.nextBoolean()) {
            needs.add(
                    "{\"name\":\"any\",\"strength\":\"recommended\",\"any_of\":[{\"service\":\"declared\"},{\"service\":\"DECLARED\",\"range\":\"2.x\"}]}");
        }
        more.append(",\"requirements\":[").append(String.join(",", needs)).append(']');
        if (random.nextBoolean()) {
            more.append(
                    ",\"configuration_schema\":{\"type\":\"object\",\"default\":{\"x\":[1.5e3,null,true]},\"properties\":{\"b\":{\"maximum\":%d.25},\"a\":{}}}"
                            .formatted(random.nextInt(1000)));
        }
        if (random.nextBoolean()) {
            more.append(",\"cost\":").append(random.nextInt(5));
        }
        return more.toString();
    }
}
