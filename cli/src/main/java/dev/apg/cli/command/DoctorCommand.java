package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.output.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks for what keeps APG from working here. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Check what APG needs here: Java, data directory, server, its health, token, versions.",
        footer = {
            "",
            "Each line says ok or problem, and what to do. Ends with 1 if there is a problem.",
            "",
            "Examples:",
            "  apg doctor",
            "  apg doctor --url https://apg.example.org --json"
        })
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Override
    public Integer call() {
        List<Check> checks = Checks.all(server);
        boolean well = checks.stream().allMatch(Check::ok);
        if (server.json) {
            server.printJson(checks);
        } else {
            var table = new Table("CHECK", "", "FOUND").lastColumnUncut();
            checks.forEach(check -> table.row(
                    check.name(),
                    check.ok() ? "ok" : "problem",
                    server.sentence(
                            check.advice() == null
                                    ? check.found()
                                    : check.found() + (check.found().endsWith(".") ? " " : ". ") + check.advice())));
            server.out().print(table);
        }
        return (well ? ExitCode.OK : ExitCode.FAILED).code();
    }
}
