package dev.apg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.Words;
import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Objective;
import dev.apg.contract.composition.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShellTextTests {
    static Stream<DraftOperation> operations() {
        return Stream.of(
                new DraftOperation.AddMember("acme/redis", "^7.2 || >=8", Map.of("name", "no quote")),
                new DraftOperation.AddMember("redis", null, null),
                new DraftOperation.RemoveMember("redis"),
                new DraftOperation.SetRange("redis", null),
                new DraftOperation.SetRange("redis", ">=1 <2"),
                new DraftOperation.SetConfiguration("redis", Map.of("max", 1)),
                new DraftOperation.SetConfiguration("redis", null),
                new DraftOperation.RequireService("cart-store", "^1.0.0"),
                new DraftOperation.DropService("cart-store"),
                new DraftOperation.Pin("redis", "7.2.5-rc.1"),
                new DraftOperation.Unpin("redis"),
                new DraftOperation.Exclude("redis", "<7"),
                new DraftOperation.Include("redis", null),
                new DraftOperation.SetPolicy(
                        new Policy(List.of(Objective.CHEAPEST), true, Set.of(Mark.YANKED, Mark.RETIRED))),
                new DraftOperation.SetPolicy(
                        new Policy(List.of(Objective.MINIMAL_CHANGE, Objective.FEWEST), false, null)),
                new DraftOperation.SetPolicy(new Policy(List.of(Objective.NEWEST), false, Set.of())));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_becomes_a_command_that_parses(DraftOperation operation) {
        String command = ShellText.command("shop", operation);

        assertThatCode(() -> Cli.alone(Path.of("")).commandLine().parseArgs(Words.ofCommand(command)))
                .as(command)
                .doesNotThrowAnyException();
    }

    @Test
    void pasting_a_whole_document_does_not_overwrite_what_others_changed_since() {
        var document = WireJson.MAPPER.readValue(
                "{\"format\": \"apg.composition/1\", \"composition\": \"shop\"}", DraftDocument.class);

        assertThat(ShellText.command("shop", new DraftOperation.Replace(document)))
                .startsWith("printf '%s\\n' '{")
                .endsWith("}' | apg compose apply shop -f -");
    }

    @Test
    void what_a_shell_would_change_is_quoted() {
        assertThat(ShellText.command("shop", new DraftOperation.SetRange("redis", ">=1 <2")))
                .isEqualTo("apg compose set-range shop redis '>=1 <2'");
        assertThat(ShellText.quote("it's")).isEqualTo("'it'\\''s'");
        assertThat(ShellText.quote("=1.2.3")).isEqualTo("'=1.2.3'");
        assertThat(ShellText.quote("--update=redis")).isEqualTo("--update=redis");
        assertThat(ShellText.quote("*")).isEqualTo("'*'");
        assertThat(ShellText.quote("")).isEqualTo("''");
        assertThat(ShellText.quote("acme/redis@7.2.5")).isEqualTo("acme/redis@7.2.5");
    }
}
