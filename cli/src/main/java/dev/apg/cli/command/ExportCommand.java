package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes everything that is published as JSON Lines. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write everything that is published as JSON Lines, which import back to the same digests.",
        footer = {
            "",
            "A FILE that is there is replaced only with --force; without, the command ends with 4.",
            "",
            "Examples:",
            "  apg export -o catalogue.jsonl",
            "  apg export | gzip > catalogue.jsonl.gz"
        })
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Mixin
    ExportOutput output;

    @Override
    public Integer call() {
        output.write(server, "/api/v1/export", "document");
        return ExitCode.OK.code();
    }
}
