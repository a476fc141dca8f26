package dev.apg.cli;

import dev.apg.cli.command.AccountCommand;
import dev.apg.cli.command.AuditCommand;
import dev.apg.cli.command.BundleCommand;
import dev.apg.cli.command.ClientCommand;
import dev.apg.cli.command.ComposeCommand;
import dev.apg.cli.command.DiffCommand;
import dev.apg.cli.command.DoctorCommand;
import dev.apg.cli.command.ExportCommand;
import dev.apg.cli.command.FreezeCommand;
import dev.apg.cli.command.GrantCommand;
import dev.apg.cli.command.IdentityProviderCommand;
import dev.apg.cli.command.ImpactCommand;
import dev.apg.cli.command.ImportCommand;
import dev.apg.cli.command.KeyCommand;
import dev.apg.cli.command.LoginCommand;
import dev.apg.cli.command.LoginPolicyCommand;
import dev.apg.cli.command.LogoutCommand;
import dev.apg.cli.command.MigrateCommand;
import dev.apg.cli.command.OutdatedCommand;
import dev.apg.cli.command.PipelineCommand;
import dev.apg.cli.command.PublishCommand;
import dev.apg.cli.command.ResolveCommand;
import dev.apg.cli.command.RoleCommand;
import dev.apg.cli.command.SearchCommand;
import dev.apg.cli.command.ServeCommand;
import dev.apg.cli.command.ShowCommand;
import dev.apg.cli.command.StateCommand;
import dev.apg.cli.command.TeamCommand;
import dev.apg.cli.command.TenantCommand;
import dev.apg.cli.command.TokenCommand;
import dev.apg.cli.command.WatchCommand;
import dev.apg.cli.command.WhoamiCommand;
import dev.apg.cli.command.WhyCommand;
import dev.apg.server.ApgServer;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/** The command {@code apg}. */
@Command(
        name = "apg",
        mixinStandardHelpOptions = true,
        version = "apg " + Apg.VERSION,
        description = "Publish capabilities, compose them into applications, and run what comes out.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "The server is at APG_URL (default: http://127.0.0.1:8000); APG_TOKEN is the token. Exit codes: docs/cli.md.",
            "",
            "Examples:",
            "  apg serve",
            "  apg doctor",
            "  apg resolve --help"
        },
        subcommands = {
            ServeCommand.class,
            MigrateCommand.class,
            DoctorCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            WhoamiCommand.class,
            TokenCommand.class,
            ClientCommand.class,
            PipelineCommand.class,
            RoleCommand.class,
            AccountCommand.class,
            LoginPolicyCommand.class,
            IdentityProviderCommand.class,
            TeamCommand.class,
            GrantCommand.class,
            TenantCommand.class,
            KeyCommand.class,
            AuditCommand.class,
            PublishCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            SearchCommand.class,
            ShowCommand.class,
            StateCommand.class,
            ComposeCommand.class,
            ResolveCommand.class,
            WhyCommand.class,
            OutdatedCommand.class,
            FreezeCommand.class,
            DiffCommand.class,
            ImpactCommand.class,
            BundleCommand.class,
            WatchCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        })
public final class Apg {
    /** Of the command line, and of the server that it starts. */
    public static final String VERSION = ApgServer.VERSION;

    private static final String[] SERVE = {"serve"};

    public static void main(String[] arguments) {
        // Only println would flush by itself.
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Shell shell = Shell.ofProcess();
        int code = Arrays.equals(arguments, SERVE) ? serve(shell, out, err) : execute(shell, out, err, arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Without picocli, whose old class files no cache of Java takes: a start would read and check all of them. */
    private static int serve(Shell shell, PrintWriter out, PrintWriter err) {
        try {
            return new ServeCommand(shell).serve(out);
        } catch (Exception e) {
            return new ExecutionFailures(shell).report(e, err);
        }
    }

    private static int execute(Shell shell, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = commandLine(shell);
        commandLine.setOut(out);
        commandLine.setErr(err);
        return commandLine.execute(arguments);
    }

    /** The command line, for the program and for tests. */
    public static CommandLine commandLine(Shell shell) {
        var commandLine = new CommandLine(new Apg(), new Commands(shell));
        EnumWords.teach(commandLine);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setUsageHelpLongOptionsMaxWidth(30);
        HelpFooter.teach(commandLine);
        commandLine.setParameterExceptionHandler(new UsageErrors(shell));
        commandLine.setExecutionExceptionHandler(new ExecutionFailures(shell));
        return commandLine;
    }

    /** Makes commands and their options, giving the shell to those that ask for it. */
    private record Commands(Shell shell) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Shell.class) {
                    constructor.setAccessible(true);
                    return type.cast(constructor.newInstance(shell));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
