package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Objective;
import dev.apg.contract.composition.Policy;
import dev.apg.contract.tenant.TenantSettings;
import dev.apg.contract.tenant.TenantSettingsChange;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows and changes how one's own tenant works. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        description = "Show how one's own tenant works; with options, change that.",
        footer = {
            "",
            "What is not named stays as it is.",
            "",
            "Examples:",
            "  apg tenant settings",
            "  apg tenant settings --audit-retention-days 400",
            "  apg tenant settings --objective minimal_change --accept-none",
            "  apg tenant settings --default-policy --default-audit-retention"
        })
public final class TenantSettingsCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/tenant/settings";

    @Mixin
    ServerOptions server;

    @Option(
            names = "--audit-retention-days",
            paramLabel = "DAYS",
            description = "How long sealed audit entries are kept, 90 to 36500.")
    @Nullable
    Integer auditRetentionDays;

    @Option(names = "--default-audit-retention", description = "Keep them for as long as the installation says.")
    boolean defaultAuditRetention;

    @Option(
            names = "--objective",
            split = ",",
            paramLabel = "OBJECTIVE",
            description = "Policy of compositions that name none: newest, minimal_change, fewest, cheapest.")
    @Nullable
    List<Objective> objective;

    @Option(names = "--prereleases", description = "In this policy, take pre-releases where no range names one.")
    boolean prereleases;

    @Option(
            names = "--accept",
            split = ",",
            paramLabel = "MARK",
            description =
                    "In this policy, take versions that are yanked, deprecated, retired or unapproved (default: deprecated).")
    @Nullable
    Set<Mark> accept;

    @Option(names = "--accept-none", description = "Not even deprecated ones.")
    boolean acceptNone;

    @Option(names = "--default-policy", description = "The policy that every installation has by itself.")
    boolean defaultPolicy;

    @Override
    public Integer call() {
        requireOneWord();
        ApgClient client = server.client();
        if (!changesRetention() && !changesPolicy()) {
            server.print(client.get(PATH), TenantSettings.class, this::print);
            return ExitCode.OK.code();
        }
        TenantSettings before = client.get(PATH, TenantSettings.class);
        var change = new TenantSettingsChange(
                changesRetention() ? auditRetentionDays : before.auditRetentionDays(),
                changesPolicy() ? policy() : before.resolutionPolicy());
        ApgClient.Answer answer = client.send(
                client.withJson(PATH, "PUT", change).header("If-Match", "\"%d\"".formatted(before.edition())));
        server.print(ApgClient.json(answer.body()), TenantSettings.class, this::print);
        return ExitCode.OK.code();
    }

    private boolean changesRetention() {
        return auditRetentionDays != null || defaultAuditRetention;
    }

    private boolean saysPolicy() {
        return objective != null || prereleases || accept != null || acceptNone;
    }

    private boolean changesPolicy() {
        return saysPolicy() || defaultPolicy;
    }

    private @Nullable Policy policy() {
        return defaultPolicy ? null : new Policy(objective, prereleases, acceptNone ? Set.of() : accept);
    }

    private void requireOneWord() {
        if (auditRetentionDays != null && defaultAuditRetention) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Give either --audit-retention-days or --default-audit-retention.");
        }
        if (saysPolicy() && defaultPolicy) {
            throw new CommandFailure(ExitCode.USAGE, "Give either --default-policy or what the policy is.");
        }
        if (acceptNone && accept != null) {
            throw new CommandFailure(ExitCode.USAGE, "Give either --accept or --accept-none.");
        }
    }

    private void print(TenantSettings settings) {
        var table = new Table("SETTING", "IN EFFECT", "SAID BY");
        Integer days = settings.inEffect().auditRetentionDays();
        table.row(
                "audit retention",
                days == null ? "for ever" : days + " days",
                settings.auditRetentionDays() == null ? "the installation" : "the tenant");
        table.row(
                "resolution policy",
                words(settings.inEffect().resolutionPolicy()),
                settings.resolutionPolicy() == null ? "the installation" : "the tenant");
        server.out().print(table);
    }

    private static String words(Policy policy) {
        String objectives = policy.objective() == null
                ? Objective.NEWEST.wire()
                : policy.objective().stream().map(Objective::wire).collect(Collectors.joining(", then "));
        Set<Mark> accepted = policy.accept() == null ? Set.of() : policy.accept();
        return "%s%s; accepts %s"
                .formatted(
                        objectives,
                        policy.prereleases() ? "; takes pre-releases" : "",
                        accepted.isEmpty()
                                ? "nothing marked"
                                : accepted.stream().map(Mark::wire).collect(Collectors.joining(", ")));
    }
}
