package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.output.ShellText;
import dev.apg.contract.composition.Explanation;
import java.util.List;
import java.util.function.Function;

/** What would solve a request, as commands. */
final class Fixes {
    private Fixes() {}

    /** Of a saved draft: one command for each of its operations. */
    static Function<Explanation.Fix, List<String>> commands(String composition, ServerOptions server) {
        return fix -> fix.operations().stream()
                .map(operation -> server.spell(ShellText.command(composition, operation)))
                .toList();
    }

    /** The fix that a person counted out, from 1. */
    static Explanation.Fix pick(Explanation explanation, int number) {
        List<Explanation.Fix> fixes = explanation.fixes();
        if (number < 1 || number > fixes.size()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    fixes.isEmpty()
                            ? "--apply-fix: %d, but no fix is known".formatted(number)
                            : "--apply-fix: %d (expected: 1 to %d)".formatted(number, fixes.size()));
        }
        return fixes.get(number - 1);
    }
}
