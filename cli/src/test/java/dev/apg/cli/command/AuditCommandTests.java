package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.contract.WireJson;
import dev.apg.contract.audit.AuditChain;
import dev.apg.contract.audit.AuditEntry;
import dev.apg.contract.audit.AuditLine;
import dev.apg.contract.audit.AuditSeal;
import dev.apg.contract.canonical.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AuditCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void whoever_did_something_is_listed() {
        assertThat(cli.run("compose", "create", "audited").code()).isEqualTo(ExitCode.OK);

        Cli.Outcome listed = cli.run("audit", "list", "--target", "audited");
        assertThat(listed.code()).isEqualTo(ExitCode.OK);
        assertThat(listed.out()).contains("ACTOR", "composition.created", "audited", "Shown: 1 of 1.");
        assertThat(cli.run("audit", "list", "--actor", "nobody").out())
                .isEqualTo("There is no such entry.%n".formatted());
        Cli.Outcome wrong = cli.run("audit", "list", "--from", "yesterday");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("yesterday", "from");
    }

    /** The server seals by itself, within seconds. */
    private JsonNode sealed() {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        JsonNode report;
        do {
            assertThat(Instant.now()).as("sealed in time").isBefore(end);
            report = cli.run("audit", "verify", "--json").json();
        } while (report.path("seals").asLong() == 0);
        return report;
    }

    @Test
    void an_export_is_verified_without_a_server_and_a_change_of_it_is_found() throws IOException {
        JsonNode head = sealed().path("head");
        String noted = "%d:%s"
                .formatted(head.path("number").asLong(), head.path("hash").asString());

        Cli.Outcome intact = cli.run("audit", "verify", "--head", noted);
        assertThat(intact.code()).isEqualTo(ExitCode.OK);
        assertThat(intact.out()).contains("Intact: ", "Head: ");

        assertThat(cli.run("audit", "export", "-o", "audit.jsonl").err()).contains("lines to audit.jsonl");
        Cli alone = Cli.alone(directory);
        Cli.Outcome verified = alone.run("audit", "verify", "--file", "audit.jsonl", "--head", noted);
        assertThat(verified.err()).isEmpty();
        assertThat(verified.code()).isEqualTo(ExitCode.OK);

        List<String> lines = Files.readAllLines(directory.resolve("audit.jsonl"));
        assertTampered(lines.stream()
                .map(line -> line.replace("\"tenant.created\"", "\"tenant.forged\""))
                .toList());
        var shortened = new ArrayList<>(lines);
        shortened.removeFirst();
        assertTampered(shortened);
        Cli.Outcome replaced = cli.run("audit", "verify", "--head", "1:sha256:" + "0".repeat(64));
        assertThat(replaced.code()).isEqualTo(ExitCode.TAMPERED);
        assertThat(replaced.out()).contains("the log was replaced", "NOT INTACT");
        Cli.Outcome cut = cli.run("audit", "verify", "--head", "999999:sha256:" + "0".repeat(64));
        assertThat(cut.code()).isEqualTo(ExitCode.TAMPERED);
        assertThat(cut.out()).contains("the end of the log was cut off");
    }

    private void assertTampered(List<String> lines) throws IOException {
        Files.write(directory.resolve("tampered.jsonl"), lines);
        Cli.Outcome found = Cli.alone(directory).run("audit", "verify", "--file", "tampered.jsonl");
        assertThat(found.code()).isEqualTo(ExitCode.TAMPERED);
        assertThat(found.out()).contains("NOT INTACT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{\"entry\":{}}",
                "{\"entry\":[[[]]]}",
                "{\"entry\":{\"id\":\"a\",\"actor\":\"x\",\"actor\":\"y\"}}",
                "{\"entry\":{\"id\":\"a\"},\"entry\":{\"id\":\"b\"}}",
                "{\"entry\":{\"id\":\"a\"},\"forged\":true}",
                "{\"seal\":null}",
                "{\"seal\":{}}",
                "{\"seal\":{\"number\":1,\"previous\":\"xyz\",\"hash\":\"xyz\",\"sealed_at\":\"2026-01-01T00:00:00Z\",\"entries\":1}}"
            })
    void what_is_no_export_is_said_with_its_line(String line) throws IOException {
        Files.writeString(directory.resolve("x.jsonl"), "{\"entry\":{\"id\":\"first\"}}\n" + line + "\n");
        Cli.Outcome wrong = Cli.alone(directory).run("audit", "verify", "--file", "x.jsonl");
        assertThat(wrong.code()).isEqualTo(ExitCode.INVALID);
        assertThat(wrong.err()).contains("x.jsonl, line 2");
    }

    @Test
    void an_export_without_a_seal_is_not_called_intact() throws IOException {
        Files.writeString(directory.resolve("x.jsonl"), "{\"entry\":{\"id\":\"first\"}}\n");
        Cli.Outcome unsealed = Cli.alone(directory).run("audit", "verify", "--file", "x.jsonl");
        assertThat(unsealed.code()).isEqualTo(ExitCode.INVALID);
        assertThat(unsealed.err()).contains("x.jsonl has no seal");
    }

    /** A log of which the first link was removed, as an export has it: its seal, an entry that says so, and the seal of that. */
    private List<String> shortened() {
        AuditEntry cart = entry("capability.registered", null);
        Instant sealed = Instant.parse("2026-01-01T00:00:00Z");
        Digest first = AuditChain.hash(1, AuditChain.START, sealed, List.of(AuditChain.digest(cart)));
        AuditEntry removal = entry("audit.removed", Map.of("seal", 1, "hash", first.toString()));
        Digest second = AuditChain.hash(2, first, sealed, List.of(AuditChain.digest(removal)));
        return Stream.of(
                        new AuditLine(
                                null, null, new AuditSeal(1, AuditChain.START.toString(), first.toString(), sealed, 1)),
                        new AuditLine(removal, null, null),
                        new AuditLine(null, new AuditSeal(2, first.toString(), second.toString(), sealed, 1), null))
                .map(WireJson.MAPPER::writeValueAsString)
                .toList();
    }

    private static AuditEntry entry(String action, @Nullable Map<String, Object> after) {
        return new AuditEntry(
                UUID.randomUUID(),
                Instant.parse("2026-01-01T00:00:00Z"),
                new UUID(0, 0),
                "platform",
                "platform",
                action,
                "tenant",
                "acme",
                null,
                after,
                "request",
                null);
    }

    @Test
    void an_export_of_which_the_beginning_was_removed_is_intact_as_long_as_it_says_so() throws IOException {
        List<String> lines = shortened();
        Cli alone = Cli.alone(directory);
        Files.write(directory.resolve("short.jsonl"), lines);
        Cli.Outcome intact = alone.run("audit", "verify", "--file", "short.jsonl");
        assertThat(intact.code()).as(intact.out()).isEqualTo(ExitCode.OK);
        assertThat(intact.out())
                .contains("Intact: 1 sealed entry in 1 seal", "up to seal 1", "was removed when its time");
        Cli.Outcome noted =
                alone.run("audit", "verify", "--file", "short.jsonl", "--head", "1:sha256:" + "0".repeat(64));
        assertThat(noted.code()).as("the anchor is known").isEqualTo(ExitCode.TAMPERED);
    }

    @Test
    void a_beginning_that_was_cut_off_is_found_although_somebody_wrote_an_anchor() throws IOException {
        AuditEntry other = entry("capability.registered", null);
        Instant sealed = Instant.parse("2026-01-01T00:00:00Z");
        Digest first = AuditChain.hash(1, AuditChain.START, sealed, List.of(AuditChain.digest(other)));
        Digest second = AuditChain.hash(2, first, sealed, List.of(AuditChain.digest(other)));
        assertTampered(Stream.of(
                        new AuditLine(
                                null, null, new AuditSeal(1, AuditChain.START.toString(), first.toString(), sealed, 1)),
                        new AuditLine(other, null, null),
                        new AuditLine(null, new AuditSeal(2, first.toString(), second.toString(), sealed, 1), null))
                .map(WireJson.MAPPER::writeValueAsString)
                .toList());
    }

    @Test
    void what_cannot_be_read_is_said() {
        assertThat(Cli.alone(directory)
                        .run("audit", "verify", "--file", "none.jsonl")
                        .code())
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("audit", "verify", "--head", "1").code()).isEqualTo(ExitCode.USAGE);
    }
}
