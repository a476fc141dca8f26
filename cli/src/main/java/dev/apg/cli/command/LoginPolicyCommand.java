package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.account.FactorDemand;
import dev.apg.contract.account.LoginPolicy;
import dev.apg.contract.account.LoginPolicyChange;
import dev.apg.contract.account.PasswordUse;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Shows and changes how people come in. */
@Command(
        name = "login-policy",
        mixinStandardHelpOptions = true,
        description =
                "Show of whom a second factor is demanded and who may come in with a password; with options, change that.",
        footer = {
            "",
            "What is not named stays as it is.",
            "",
            "Examples:",
            "  apg login-policy",
            "  apg login-policy --second-factor everybody",
            "  apg login-policy --passwords administrators"
        })
public final class LoginPolicyCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/login-policy";

    @Mixin
    ServerOptions server;

    @Option(
            names = "--second-factor",
            paramLabel = "WHO",
            description = "Of whom one is demanded: ${COMPLETION-CANDIDATES}.")
    @Nullable
    FactorDemand secondFactor;

    @Option(
            names = "--passwords",
            paramLabel = "WHO",
            description = "Who may come in with a password: ${COMPLETION-CANDIDATES}.")
    @Nullable
    PasswordUse passwords;

    @Override
    public Integer call() {
        ApgClient client = server.client();
        JsonNode shown = client.get(PATH);
        if (secondFactor != null || passwords != null) {
            LoginPolicy before = ApgClient.read(shown, LoginPolicy.class);
            var change = new LoginPolicyChange(
                    Objects.requireNonNullElse(secondFactor, before.secondFactor()),
                    Objects.requireNonNullElse(passwords, before.passwords()));
            shown = ApgClient.json(client.send(client.withJson(PATH, "PUT", change)
                            .header("If-Match", "\"%d\"".formatted(before.edition())))
                    .body());
        }
        server.print(shown, LoginPolicy.class, policy -> {
            var table = new Table("WHAT", "WHO");
            table.row("second factor demanded of", words(policy.secondFactor()));
            table.row("password lets in", words(policy.passwords()));
            server.out().print(table);
        });
        return ExitCode.OK.code();
    }

    private static String words(Enum<?> who) {
        return who.name().toLowerCase(Locale.ROOT);
    }
}
