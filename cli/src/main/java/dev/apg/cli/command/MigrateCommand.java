package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.Shell;
import dev.apg.cli.output.Table;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.database.MigrationSession;
import dev.apg.server.platform.database.Migrations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes the database's schema, or takes changes back. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Change the database's schema, or take changes back.",
        footer = {
            "",
            "Connects with DATABASE_MIGRATION_URL, else DATABASE_URL, else to the embedded database of a server that is stopped.",
            "",
            "Examples:",
            "  apg migrate status",
            "  apg migrate up",
            "  apg migrate down 1",
            "  apg migrate new webhook-table"
        })
public final class MigrateCommand {
    private static final Path CHANGES = Path.of("server/src/main/resources/db/changelog");

    /** Kept here, because Java forgets the level of a logger that nobody holds. */
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    private final Shell shell;

    @Spec
    CommandSpec spec;

    public MigrateCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description = "Apply what the database lacks.",
            footer = {"", "Examples:", "  apg migrate up"})
    int up() {
        print("Applied", "nothing to apply", run(Migrations::up));
        return 0;
    }

    @Command(
            name = "down",
            mixinStandardHelpOptions = true,
            description = "Take the newest changes back.",
            footer = {"", "Examples:", "  apg migrate down 2"})
    int down(
            @Parameters(paramLabel = "N", defaultValue = "1", description = "How many (default: ${DEFAULT-VALUE}).")
                    int count) {
        if (count < 1) {
            throw new CommandFailure(ExitCode.USAGE, "N: %d (expected: 1 or more)".formatted(count));
        }
        print("Took back", "nothing to take back", run(migrations -> migrations.down(count)));
        return 0;
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Say which changes the database has.",
            footer = {"", "Examples:", "  apg migrate status"})
    int status() {
        var table = new Table("CHANGE", "STATE");
        run(Migrations::status).forEach(change -> table.row(change.name(), words(change.state())));
        out().print(table);
        return 0;
    }

    private static String words(Migrations.State state) {
        return switch (state) {
            case APPLIED -> "applied";
            case PENDING -> "pending";
            case UNKNOWN -> "of a newer program";
        };
    }

    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = "Write the file of a new change, to be filled in.",
            footer = {"", "Examples:", "  apg migrate new webhook-table"})
    int create(@Parameters(paramLabel = "NAME", description = "Lower-case words with dashes.") String name)
            throws IOException {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "NAME: %s (expected: lower-case words with dashes, such as webhook-table)".formatted(name));
        }
        if (!Files.isDirectory(CHANGES)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "%s is not here: run this in the root of APG's source".formatted(CHANGES));
        }
        int last;
        try (var files = Files.list(CHANGES)) {
            last = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("\\d{4}-.*\\.sql"))
                    .mapToInt(file -> Integer.parseInt(file.substring(0, 4)))
                    .max()
                    .orElse(0);
        }
        String id = "%04d-%s".formatted(last + 1, name);
        Path file = CHANGES.resolve(id + ".sql");
        Files.writeString(file, """
                --liquibase formatted sql

                --changeset apg:%s splitStatements:false
                -- The change; it must work with the previous release of the program (expand, then contract).
                --rollback -- How to take it back.
                """.formatted(id));
        out().println("Wrote %s; when it is filled in, run `make generate`.".formatted(file));
        return 0;
    }

    private interface Work<T> {
        T with(Migrations migrations);
    }

    private <T> T run(Work<T> work) {
        // What it does is printed below, change by change; of its own some four hundred lines would stand around that.
        LIQUIBASE.setLevel(Level.WARNING);
        try (var session = MigrationSession.open(Settings.read(shell.environment()))) {
            return work.with(session.migrations());
        }
    }

    private void print(String verb, String nothing, List<String> changes) {
        if (changes.isEmpty()) {
            out().println("There was " + nothing + ".");
        }
        changes.forEach(change -> out().println(verb + " " + change));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
