package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftTests {
    @Test
    void operationsAddUpToTheDocumentThatTheyDescribe() {
        Draft draft = after("""
                [{"op": "add_member", "capability": "Shop", "range": "^1.0.0"},
                 {"op": "set_configuration", "capability": "shop", "configuration": {"log_level": "info"}},
                 {"op": "set_configuration", "capability": "redis", "configuration": {"max_memory": "64mb"}},
                 {"op": "require_service", "service": "cart-store"},
                 {"op": "require_service", "service": "cart-store", "range": "^1.0.0"},
                 {"op": "pin", "capability": "redis", "version": "7.2.5"},
                 {"op": "exclude", "capability": "spanner"},
                 {"op": "set_policy", "policy": {"objective": "fewest", "accept": ["yanked", "deprecated"]}}]
                """);
        assertThat(document(draft)).isEqualTo(json("""
                {"format": "apg.composition/1", "composition": "app",
                 "members": [{"capability": "shop", "range": "^1.0.0", "configuration": {"log_level": "info"}}],
                 "services": [{"service": "cart-store", "range": "^1.0.0"}],
                 "pins": {"redis": "7.2.5"},
                 "exclusions": [{"capability": "spanner", "range": "*"}],
                 "policy": {"objective": "fewest", "prereleases": false, "accept": ["yanked", "deprecated"]},
                 "configuration": {"redis": {"max_memory": "64mb"}}}
                """));
    }

    @Test
    void whatIsTakenBackLeavesNothingBehind() {
        Draft draft = after("""
                [{"op": "add_member", "capability": "shop"}, {"op": "set_range", "capability": "shop", "range": "2.x"},
                 {"op": "set_configuration", "capability": "shop", "configuration": {"a": 1}},
                 {"op": "remove_member", "capability": "shop"},
                 {"op": "set_configuration", "capability": "redis", "configuration": {"a": 1}},
                 {"op": "set_configuration", "capability": "redis"},
                 {"op": "require_service", "service": "s"}, {"op": "drop_service", "service": "s"},
                 {"op": "pin", "capability": "redis", "version": "1.0.0"}, {"op": "unpin", "capability": "redis"},
                 {"op": "exclude", "capability": "redis", "range": "<2"},
                 {"op": "include", "capability": "redis", "range": "<2"}]
                """);
        assertThat(draft).isEqualTo(Draft.EMPTY);
    }

    @Test
    void aCapabilityThatBecomesAMemberKeepsItsConfiguration() {
        Draft draft = after("""
                [{"op": "set_configuration", "capability": "redis", "configuration": {"a": 1}},
                 {"op": "add_member", "capability": "redis"}]
                """);
        assertThat(draft.configurationOf("redis")).isEqualTo(Map.of("a", 1));
        assertThat(draft.configuration()).isEmpty();
    }

    @Test
    void replacingByItsOwnDocumentChangesNothing() {
        Draft draft = after("""
                [{"op": "add_member", "capability": "shop", "range": "^1.0.0", "configuration": {"a": {"b": [1, null]}}},
                 {"op": "exclude", "capability": "redis", "range": "<2"}, {"op": "exclude", "capability": "redis", "range": ">5"},
                 {"op": "pin", "capability": "redis", "version": "3.0.0-rc.1"}]
                """);
        assertThat(draft.apply(new DraftOperation.Replace(DraftDocuments.write("app", draft))))
                .isEqualTo(draft);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"op": "remove_member", "capability": "redis"}                              | draft.member_absent    | capability: redis (expected: a member of the draft; exclude keeps out
                    {"op": "set_range", "capability": "redis"}                                  | draft.member_absent    | capability: redis (expected: a member of the draft; add_member names one)
                    {"op": "add_member", "capability": "shop"}                                  | draft.member_present   | capability: shop (expected: a capability that is not a member yet; set_range
                    {"op": "set_range", "capability": "shop", "range": "one"}                   | range.malformed        | range: one (expected:
                    {"op": "pin", "capability": "shop", "version": "1.x"}                       | version.malformed      | version: 1.x (expected:
                    {"op": "unpin", "capability": "shop"}                                       | draft.pin_absent       | capability: shop (expected: one that is pinned in the draft)
                    {"op": "drop_service", "service": "cart"}                                   | draft.service_absent   | service: cart (expected: one that is required in the draft)
                    {"op": "include", "capability": "shop"}                                     | draft.exclusion_absent | capability: shop (expected: one that is excluded with the range * in the draft)
                    {"op": "replace", "document": {"members": [{"capability": "a"}, {"capability": "A"}]}} | draft.duplicate | members[1].capability: a (expected: each one once)
                    {"op": "replace", "document": {"members": [{"capability": "a", "range": "?"}]}}        | range.malformed | members[0].range: ? (expected:
                    {"op": "replace", "document": {"pins": {"a": "1"}}}                         | version.malformed      | pins.a: 1 (expected:
                    {"op": "replace", "document": {"members": [{"capability": "a"}], "configuration": {"a": {"b": 1}}}} | draft.configured_member | configuration.a: a (expected: a capability that is no member
                    """)
    void anOperationThatDoesNotApplyIsRefusedByNameAndValue(String operation, String code, String message) {
        Draft draft = after("[{\"op\": \"add_member\", \"capability\": \"shop\"}]");
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> draft.apply(WireJson.MAPPER.readValue(operation, DraftOperation.class)))
                .withMessageStartingWith(message)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void aConfigurationBeyondItsBoundIsRefused() {
        var operation = new DraftOperation.AddMember("shop", null, Map.of("text", "x".repeat(64 * 1024)));
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> Draft.EMPTY.apply(operation))
                .withMessage("configuration: 65547 bytes (expected: at most 65536 bytes)");
    }

    @Test
    void aDraftHasAtMostAThousandMembers() {
        Draft draft = Draft.EMPTY;
        for (int i = 0; i < 1_000; i++) {
            draft = draft.apply(new DraftOperation.AddMember("m" + i, null, null));
        }
        Draft full = draft;
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> full.apply(new DraftOperation.AddMember("one-more", null, null)))
                .withMessage("members: 1001 entries (expected: at most 1000 entries)");
    }

    private static Draft after(String operations) {
        Draft draft = Draft.EMPTY;
        for (DraftOperation operation : WireJson.MAPPER.readValue(operations, DraftOperation[].class)) {
            draft = draft.apply(operation);
        }
        return draft;
    }

    private static Object document(Draft draft) {
        return WireJson.MAPPER.valueToTree(DraftDocuments.write("app", draft));
    }

    private static Object json(String text) {
        return WireJson.MAPPER.readTree(text);
    }

    @Test
    void aNewCompositionIsRecognisedByItsFields() {
        var mapper = WireJson.MAPPER;
        assertThat(mapper.readValue(
                        "{\"code\": \"a\", \"type\": \"hybrid\"}", dev.apg.contract.composition.NewComposition.class))
                .isInstanceOf(dev.apg.contract.composition.NewComposition.Empty.class);
        assertThat(mapper.readValue(
                        "{\"format\": \"apg.composition/1\", \"composition\": \"a\", \"display_name\": \"A\"}",
                        dev.apg.contract.composition.NewComposition.class))
                .isInstanceOf(DraftDocument.class);
        assertThat(mapper.readValue("{\"format\": \"apg.composition/1\", \"composition\": \"a\"}", DraftDocument.class)
                        .composition())
                .isEqualTo("a");
    }
}
