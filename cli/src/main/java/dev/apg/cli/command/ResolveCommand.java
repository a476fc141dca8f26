package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.input.Document;
import dev.apg.cli.output.ResolutionText;
import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.YamlDump;
import dev.apg.contract.WireJson;
import dev.apg.contract.composition.ApplyOperations;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.Resolution;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Finds versions that go together, or says why there are none. */
@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        description = "Find the versions that go together, or say why there are none and what would help.",
        footer = {
            "",
            "Nothing is saved, except that --apply-fix changes a composition's draft, or writes a changed document.",
            "Ends with 6 if there is no solution.",
            "",
            "Examples:",
            "  apg resolve online-boutique",
            "  apg resolve online-boutique --update redis-cart",
            "  apg resolve -f samples/online-boutique/impossible.yaml",
            "  apg resolve -f samples/online-boutique/impossible.yaml --apply-fix 1 -o possible.yaml"
        })
public final class ResolveCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION", arity = "0..1", description = "Resolve its draft.")
    @Nullable
    String composition;

    @Option(names = "-f", paramLabel = "FILE", description = "Resolve this document; - reads standard input.")
    @Nullable
    String file;

    @Option(names = "--apply-fix", paramLabel = "N", description = "Apply the Nth fix, then resolve again.")
    @Nullable
    Integer fix;

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "With -f and --apply-fix: where the changed document goes (default: standard output).")
    @Nullable
    String output;

    @Mixin
    ResolutionOptions options;

    @Override
    public Integer call() {
        if ((composition == null) == (file == null)) {
            throw new CommandFailure(ExitCode.USAGE, "Give either a COMPOSITION or a document with -f.");
        }
        if (file != null && options.aboutPrevious()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "A document has no previous revision: leave --previous and --update out.");
        }
        if (output != null && (file == null || fix == null)) {
            throw new CommandFailure(ExitCode.USAGE, "-o goes with -f and --apply-fix.");
        }
        return composition != null ? saved(composition) : document(server.document(file == null ? "-" : file));
    }

    private int saved(String code) {
        ApgClient client = server.client();
        String path = "/api/v1/compositions/" + ApgClient.segment(code);
        JsonNode answer;
        try {
            answer = client.inquire(path + "/resolve", options.asked());
        } catch (ProblemException refused) {
            throw Files.isRegularFile(server.path(code))
                    ? refused.withAdvice(
                            "`apg resolve -f %s` resolves the document in that file.".formatted(ShellText.quote(code)))
                    : refused;
        }
        if (fix != null) {
            Explanation.Fix chosen = chosen(answer, fix);
            client.post(path + "/draft/operations", new ApplyOperations(chosen.operations(), null));
            server.err().printf("Applied to the draft of %s: %s%n", code, chosen.sentence());
            answer = client.inquire(path + "/resolve", options.asked());
        }
        // With the options that the numbers come from: others may have other fixes.
        return print(
                answer,
                server.out(),
                Fixes.commands(code, server),
                "Or by number: %s".formatted(server.again("--apply-fix", "1")));
    }

    private int document(Document document) {
        document.requireFormat(DraftDocument.FORMAT);
        JsonNode answer = resolve(document, document.root());
        if (fix == null) {
            return print(answer, server.out(), Optional.ofNullable(file));
        }
        Explanation.Fix chosen = chosen(answer, fix);
        DraftDocument written = WireJson.MAPPER.treeToValue(document.root(), DraftDocument.class);
        JsonNode changed = WireJson.MAPPER.valueToTree(DocumentChange.apply(written, chosen.operations()));
        write(changed);
        server.err().printf("Applied: %s%n", chosen.sentence());
        // The document may be on its way into another file, so what is for people goes elsewhere.
        PrintWriter out = output == null ? server.err() : server.out();
        JsonNode again = resolve(document, changed);
        return print(again, out, Optional.ofNullable(output));
    }

    /** @param written where the document is; what was read from standard input, or printed, is nowhere */
    private int print(JsonNode answer, PrintWriter out, Optional<String> written) {
        Optional<String> source = written.filter(name -> !name.equals("-"));
        return print(
                answer,
                out,
                byNumber(answer, source.orElse("FILE")),
                source.isPresent() ? "" : "FILE stands for a file with the document.");
    }

    private JsonNode resolve(Document document, JsonNode body) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("document", body);
        if (options.steps != null) {
            request.put("step_budget", options.steps);
        }
        try {
            return server.client().inquire("/api/v1/resolve", request);
        } catch (ProblemException refused) {
            throw document.locate(refused);
        }
    }

    private void write(JsonNode changed) {
        String text = YamlDump.of(changed);
        if (output == null) {
            server.out().print(text);
            return;
        }
        try {
            Files.writeString(server.path(output), text);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "%s cannot be written: %s".formatted(output, FileFailures.words(e)));
        }
    }

    private static Explanation.Fix chosen(JsonNode answer, int number) {
        return switch (ApgClient.read(answer, Resolution.class)) {
            case Resolution.Unsolvable(var explanation, long steps) -> Fixes.pick(explanation, number);
            case Resolution.Solved solved ->
                throw new CommandFailure(ExitCode.USAGE, "There is nothing to fix: the request has a solution.");
            case Resolution.Exhausted exhausted -> throw new CommandFailure(ExitCode.FAILED, exhausted(exhausted));
        };
    }

    /**
     * @param commands for a fix
     * @param remark behind fixes, if there are any
     */
    private int print(
            JsonNode answer, PrintWriter out, Function<Explanation.Fix, List<String>> commands, String remark) {
        Resolution resolution = ApgClient.read(answer, Resolution.class);
        if (server.json) {
            out.println(WireJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
        }
        switch (resolution) {
            case Resolution.Solved solved -> {
                show(out, ResolutionText.of(solved, this::freeing));
                return ExitCode.OK.code();
            }
            case Resolution.Unsolvable(var explanation, long steps) -> {
                show(out, ResolutionText.of(explanation, commands));
                if (!remark.isEmpty() && !explanation.fixes().isEmpty()) {
                    show(out, "\n%s%n".formatted(remark));
                }
                return ExitCode.UNSOLVABLE.code();
            }
            case Resolution.Exhausted exhausted -> {
                show(out, exhausted(exhausted) + "\n");
                return ExitCode.FAILED.code();
            }
        }
    }

    /** Only a composition has a previous revision. */
    private String freeing(String capability) {
        var freed = new LinkedHashSet<>(options.update);
        freed.add(capability);
        return server.spell("apg resolve %s%s%s --update %s"
                .formatted(
                        ShellText.quote(String.valueOf(composition)),
                        options.previous == null ? "" : " --previous " + options.previous,
                        steps(),
                        ShellText.quote(String.join(",", freed))));
    }

    /** As they were given. */
    private String steps() {
        return options.steps == null ? "" : " --steps " + options.steps;
    }

    private void show(PrintWriter out, String text) {
        if (!server.json) {
            out.print(text);
        }
    }

    private static String exhausted(Resolution.Exhausted exhausted) {
        return "The step budget ran out after %d steps, before an answer was known: give a larger one with --steps."
                .formatted(exhausted.steps());
    }

    /**
     * A document is nobody's draft: its fixes are applied by number.
     *
     * @param source the document's file
     */
    private Function<Explanation.Fix, List<String>> byNumber(JsonNode answer, String source) {
        if (!(ApgClient.read(answer, Resolution.class) instanceof Resolution.Unsolvable(var explanation, long steps))) {
            return fix -> List.of();
        }
        return fix -> List.of(server.spell("apg resolve -f %s%s --apply-fix %d -o fixed.yaml"
                .formatted(ShellText.quote(source), steps(), explanation.fixes().indexOf(fix) + 1)));
    }
}
