package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.output.Progress;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.audit.AuditEntry;
import dev.apg.contract.audit.AuditSeal;
import dev.apg.contract.audit.AuditVerification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Searches, verifies and exports the audit log. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Search, verify and export the audit log: who did what, and who was refused what.",
        footer = {
            "",
            "Examples:",
            "  apg audit list --target redis-cart@7.2.5",
            "  apg audit verify",
            "  apg audit export -o audit.jsonl"
        })
public final class AuditCommand {
    private static final String PATH = "/api/v1/audit";
    private static final Pattern HEAD = Pattern.compile("([1-9][0-9]{0,17}):(sha256:[0-9a-f]{64})");

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List entries, newest first.",
            footer = {
                "",
                "--json shows the state before and after, too.",
                "",
                "Examples:",
                "  apg audit list --actor ci --from 2026-01-01T00:00:00Z",
                "  apg audit list --action access.denied"
            })
    int list(
            @Mixin ServerOptions server,
            @Mixin PageOptions page,
            @Option(names = "--actor", paramLabel = "NAME", description = "Only what this one did.") @Nullable
                    String actor,
            @Option(
                            names = "--action",
                            paramLabel = "ACTION",
                            description = "Only this: version.published, access.denied…")
                    @Nullable
                    String action,
            @Option(
                            names = "--target",
                            paramLabel = "CODE",
                            description = "Only what was done to this, and to its versions or revisions.")
                    @Nullable
                    String target,
            @Option(names = "--request", paramLabel = "ID", description = "Only what this request did.") @Nullable
                    String request,
            @Option(names = "--from", paramLabel = "TIME", description = "Not before this time.") @Nullable String from,
            @Option(names = "--to", paramLabel = "TIME", description = "Before this time.") @Nullable String to) {
        var parameters = new ArrayList<>(page.parameters());
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("actor", actor);
        filters.put("action", action);
        filters.put("target", target);
        filters.put("request_id", request);
        filters.put("from", from);
        filters.put("to", to);
        filters.forEach((name, value) -> {
            if (value != null) {
                parameters.add(Map.entry(name, value));
            }
        });
        JsonNode answer = server.client().get(PATH + ApgClient.query(parameters));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<AuditEntry> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("AT", "ACTOR", "KIND", "ACTION", "TARGET", "ADDRESS", "REQUEST");
        list.items()
                .forEach(entry -> table.row(
                        entry.at(),
                        entry.actor(),
                        entry.actorKind() == null ? "" : entry.actorKind(),
                        entry.action(),
                        entry.target(),
                        entry.address() == null ? "" : entry.address(),
                        entry.requestId()));
        page.print(server, table, list, "There is no such entry.");
        return ExitCode.OK.code();
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Write the audit log as JSON Lines, with the seals that show tampering.",
            footer = {
                "",
                "A FILE that is there is replaced only with --force; without, the command ends with 4.",
                "",
                "Examples:",
                "  apg audit export -o audit.jsonl",
                "  apg audit export | gzip > audit.jsonl.gz"
            })
    int export(@Mixin ServerOptions server, @Mixin ExportOutput output) {
        output.write(server, PATH + "/export", "line");
        return ExitCode.OK.code();
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Make the chain of hashes again from the entries, and say what does not fit.",
            footer = {
                "",
                "Note the head down that it prints: with --head it shows later that nothing was cut off or replaced as a whole.",
                "With --file an export is verified, without a server. Ends with 11 if something does not fit.",
                "",
                "Examples:",
                "  apg audit verify",
                "  apg audit verify --file audit.jsonl"
            })
    int verify(
            @Mixin ServerOptions server,
            @Option(names = "--file", paramLabel = "FILE", description = "An export, in place of the server's log.")
                    @Nullable
                    String file,
            @Option(
                            names = "--head",
                            paramLabel = "NUMBER:HASH",
                            description = "A head that was noted down; the chain must have it.")
                    @Nullable
                    String head) {
        AuditReport report = file == null
                ? verifyServer(server, Optional.ofNullable(head).map(AuditCommand::head))
                : AuditFile.verify(
                        server.path(file), file, Optional.ofNullable(head).map(AuditCommand::head));
        if (server.json) {
            server.printJson(report);
        } else {
            print(server, report);
        }
        return (report.faults().isEmpty() ? ExitCode.OK : ExitCode.TAMPERED).code();
    }

    private static NotedHead head(String text) {
        Matcher noted = HEAD.matcher(text);
        if (!noted.matches()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--head: %s (expected: NUMBER:sha256:…, as `apg audit verify` printed it)".formatted(text));
        }
        return new NotedHead(Long.parseLong(noted.group(1)), noted.group(2));
    }

    private static AuditReport verifyServer(ServerOptions server, Optional<NotedHead> noted) {
        ApgClient client = server.client();
        AuditReport report = AuditReport.NOTHING;
        try (Progress progress =
                Progress.of("verify", !server.json && server.shell().terminal())) {
            for (Long after = 0L; after != null; ) {
                AuditVerification part = part(client, after);
                report = report.and(part);
                progress.at("entries", report.entries(), -1);
                after = part.nextAfter();
            }
        }
        return noted.map(head -> head.found(sealed(client, head.number())))
                .map(report::with)
                .orElse(report);
    }

    private static AuditVerification part(ApgClient client, long after) {
        return ApgClient.read(client.get(PATH + "/verification?after=" + after), AuditVerification.class);
    }

    /** The hash of a link as the server has it. */
    private static Optional<String> sealed(ApgClient client, long number) {
        try {
            return Optional.ofNullable(part(client, number).from()).map(AuditSeal::hash);
        } catch (ProblemException refused) {
            if (refused.isNotFound()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static String word(AuditReport report) {
        if (!report.faults().isEmpty()) {
            return "NOT INTACT";
        }
        return report.seals() == 0 ? "Nothing verified" : "Intact";
    }

    private static void print(ServerOptions server, AuditReport report) {
        report.faults().forEach(fault -> server.out().println(Table.clean(fault.sentence())));
        if (report.truncated()) {
            server.out().println("There is more that does not fit.");
        }
        server.out()
                .printf(
                        "%s: %d sealed entr%s in %d seal%s; %d not sealed yet.%n",
                        word(report),
                        report.entries(),
                        report.entries() == 1 ? "y" : "ies",
                        report.seals(),
                        report.seals() == 1 ? "" : "s",
                        report.unsealed());
        AuditSeal removed = report.removed();
        if (removed != null) {
            server.out()
                    .printf(
                            "What was sealed up to seal %d, of %s, was removed when its time was over.%n",
                            removed.number(), removed.sealedAt());
        }
        AuditSeal head = report.head();
        if (head != null) {
            server.out().printf("Head: %d:%s of %s%n", head.number(), head.hash(), head.sealedAt());
        }
    }
}
