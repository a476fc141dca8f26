package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.input.Document;
import dev.apg.cli.output.ImpactText;
import dev.apg.cli.output.WarningText;
import dev.apg.contract.capability.StateChange;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.Warning;
import dev.apg.contract.impact.Candidate;
import dev.apg.contract.impact.ImpactAnswer;
import dev.apg.contract.impact.ImpactVerdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Says what a change would mean for every composition. */
@Command(
        name = "impact",
        mixinStandardHelpOptions = true,
        description = "Say what a change would mean for the newest revision of every composition.",
        footer = {
            "",
            "The change is a version that is not published (-f), one that is (who could take it, who not), another state of",
            "one, or the end of a whole capability. Nothing is changed. Listed are the compositions that it concerns.",
            "upgradable: can take it, or do without what is lost. blocked: cannot. broken: has no solution any more.",
            "broken already: has none without the change either. Ends with 10 if a composition has a verdict that --fail-on",
            "names; what is broken already does not count.",
            "",
            "Examples:",
            "  apg impact -f samples/online-boutique/redis-cart/7.2.5.capability.yaml",
            "  apg impact redis-cart@7.4.1",
            "  apg impact redis-cart@7.2.5 --yank --fail-on broken,not_checked",
            "  apg impact redis-cart --retire --verdict broken --explain"
        })
public final class ImpactCommand implements Callable<Integer> {
    private static final Set<ImpactVerdict> CONCERNED = EnumSet.complementOf(EnumSet.of(ImpactVerdict.UNAFFECTED));

    @Mixin
    ServerOptions server;

    @Mixin
    PageOptions page;

    @Parameters(paramLabel = "CAPABILITY[@VERSION]", arity = "0..1", description = "What is published.")
    @Nullable
    String named;

    @Option(names = "-f", paramLabel = "FILE", description = "A version to be published; - reads standard input.")
    @Nullable
    String file;

    @Option(names = "--yank", description = "As if the version were yanked.")
    boolean yank;

    @Option(names = "--deprecate", description = "As if the version, or the capability, were deprecated.")
    boolean deprecate;

    @Option(names = "--purge", description = "As if the version were purged.")
    boolean purge;

    @Option(names = "--restore", description = "As if the version were published again.")
    boolean restore;

    @Option(names = "--retire", description = "As if the capability were retired.")
    boolean retire;

    @Option(
            names = "--verdict",
            split = ",",
            paramLabel = "VERDICT",
            description =
                    "List those that are upgradable, blocked, broken, not_checked or unaffected (default: all but unaffected).")
    @Nullable
    Set<ImpactVerdict> verdicts;

    @Option(
            names = "--fail-on",
            split = ",",
            paramLabel = "VERDICT",
            description = "End with 10 if a composition has one of these verdicts.")
    @Nullable
    Set<ImpactVerdict> failOn;

    @Option(names = "--explain", description = "Print why what is listed is blocked or broken, and what would help.")
    boolean explain;

    @Override
    public Integer call() {
        if ((named == null) == (file == null)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Give either CAPABILITY@VERSION, CAPABILITY, or a version's document with -f.");
        }
        JsonNode json = file == null
                ? server.client().inquire(path(), candidate(String.valueOf(named)))
                : ofDocument(server.document(file));
        server.print(json, ImpactAnswer.class, this::print);
        return outcome(ApgClient.read(json, ImpactAnswer.class));
    }

    private String path() {
        List<Map.Entry<String, String>> parameters = new ArrayList<>(page.parameters());
        (verdicts == null ? CONCERNED : verdicts)
                .forEach(verdict -> parameters.add(Map.entry("verdict", verdict.wire())));
        return "/api/v1/impact" + ApgClient.query(parameters);
    }

    private JsonNode ofDocument(Document document) {
        if (changes() > 0) {
            throw new CommandFailure(
                    ExitCode.USAGE, "A version that is not published has no other state: leave it out, or -f.");
        }
        document.requireFormat(VersionDocument.FORMAT);
        try {
            JsonNode answer = server.client().inquire(path(), Map.of("kind", "document", "document", document.root()));
            List<Warning> warnings =
                    ApgClient.read(answer, ImpactAnswer.class).candidate().warnings();
            document.locate(warnings == null ? List.of() : warnings)
                    .forEach(warning -> server.err().println(WarningText.line(warning)));
            return answer;
        } catch (ProblemException refused) {
            throw document.locate(refused);
        }
    }

    private int changes() {
        return (yank ? 1 : 0) + (deprecate ? 1 : 0) + (purge ? 1 : 0) + (restore ? 1 : 0) + (retire ? 1 : 0);
    }

    private Candidate candidate(String text) {
        if (changes() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Give one of --yank, --deprecate, --purge, --restore and --retire.");
        }
        Named what = Named.capability(text);
        if (what.version().isEmpty()) {
            return ofCapability(what.code());
        }
        String version = what.version().get();
        if (retire) {
            throw new CommandFailure(
                    ExitCode.USAGE, "%s (expected: a capability, because only a whole one is retired)".formatted(text));
        }
        return state().<Candidate>map(state -> new Candidate.CandidateState(what.code(), version, state))
                .orElseGet(() -> new Candidate.CandidateVersion(what.code(), version));
    }

    private Candidate ofCapability(String code) {
        if (retire) {
            return new Candidate.CandidateStatus(code, Candidate.Ending.RETIRED);
        }
        if (deprecate) {
            return new Candidate.CandidateStatus(code, Candidate.Ending.DEPRECATED);
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "%s (expected: CAPABILITY@VERSION, or --deprecate or --retire for a whole capability)".formatted(code));
    }

    private Optional<StateChange.Wanted> state() {
        if (yank) {
            return Optional.of(StateChange.Wanted.YANKED);
        }
        if (deprecate) {
            return Optional.of(StateChange.Wanted.DEPRECATED);
        }
        if (purge) {
            return Optional.of(StateChange.Wanted.PURGED);
        }
        return restore ? Optional.of(StateChange.Wanted.PUBLISHED) : Optional.empty();
    }

    private void print(ImpactAnswer answer) {
        server.out().println(ImpactText.summary(answer));
        if (answer.totalCount() == 0) {
            return;
        }
        server.out().println();
        page.print(
                server, ImpactText.table(answer), answer.items().size(), answer.totalCount(), answer.nextCursor(), "");
        if (explain) {
            server.out()
                    .print(ImpactText.explanations(
                            answer.items(),
                            (composition, fix) ->
                                    Fixes.commands(composition, server).apply(fix)));
        } else if (answer.items().stream().anyMatch(item -> item.explanation() != null)) {
            boolean helps = answer.items().stream()
                    .anyMatch(item -> item.explanation() != null
                            && !item.explanation().fixes().isEmpty());
            server.out()
                    .printf("%s: %s%n", helps ? "Why, and what would help" : "Why", server.again(List.of("--explain")));
        }
    }

    private int outcome(ImpactAnswer answer) {
        Set<ImpactVerdict> watched = failOn == null ? Set.of() : failOn;
        String found = watched.stream()
                .sorted()
                .filter(verdict -> caused(answer, verdict) > 0)
                .map(verdict -> "%d %s".formatted(caused(answer, verdict), ImpactText.words(verdict)))
                .collect(Collectors.joining(", "));
        if (found.isEmpty()) {
            return ExitCode.OK.code();
        }
        server.err().printf("apg: This fails because of --fail-on: %s.%n", found);
        return ExitCode.AFFECTED.code();
    }

    /** Also of those that the caller may not read: they break as well. */
    private static long caused(ImpactAnswer answer, ImpactVerdict verdict) {
        return caused(answer.totals(), verdict) + (answer.hidden() == null ? 0 : caused(answer.hidden(), verdict));
    }

    /** Without those that are broken whatever becomes of the candidate. */
    private static long caused(ImpactAnswer.ImpactTotals totals, ImpactVerdict verdict) {
        long already = verdict == ImpactVerdict.BROKEN ? totals.brokenAlready() : 0;
        return ImpactText.count(totals, verdict) - already;
    }
}
