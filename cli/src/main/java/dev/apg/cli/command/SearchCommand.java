package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.search.FacetValue;
import dev.apg.contract.search.SearchAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Finds capabilities by words. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Find capabilities by words: in name, code, description, tags, keywords and services.",
        footer = {
            "",
            "Words match beginnings and forgive a typing error. Each filter may be given often: any of its values will do.",
            "",
            "Examples:",
            "  apg search cart",
            "  apg search checkout --category commerce --limit 5"
        })
public final class SearchCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Mixin
    PageOptions page;

    @Parameters(paramLabel = "WORD", arity = "0..*", description = "Without words, everything is found.")
    List<String> words = new ArrayList<>();

    @Option(names = "--category", paramLabel = "CATEGORY", description = "Only of this category.")
    List<String> category = new ArrayList<>();

    @Option(names = "--status", paramLabel = "STATUS", description = "Only with this status.")
    List<String> status = new ArrayList<>();

    @Option(names = "--tag", paramLabel = "TAG", description = "Only with this tag.")
    List<String> tag = new ArrayList<>();

    @Option(names = "--owner", paramLabel = "OWNER", description = "Only of this owner.")
    List<String> owner = new ArrayList<>();

    @Override
    public Integer call() {
        var parameters = new ArrayList<>(page.parameters());
        parameters.add(Map.entry("q", String.join(" ", words)));
        Map.of("category", category, "status", status, "tag", tag, "owner", owner)
                .forEach((name, values) -> values.forEach(value -> parameters.add(Map.entry(name, value))));
        JsonNode answer = server.client().get("/api/v1/search" + ApgClient.query(parameters));
        server.print(answer, SearchAnswer.class, this::print);
        return ExitCode.OK.code();
    }

    private void print(SearchAnswer found) {
        found.words().stream()
                .filter(word -> !word.corrections().isEmpty())
                .forEach(word -> server.out()
                        .printf(
                                "Nothing matches %s; these match %s.%n%n",
                                word.word(), String.join(" or ", word.corrections())));
        var table = new Table("CAPABILITY", "NEWEST", "STATUS", "CATEGORY", "NAME");
        found.items().forEach(hit -> {
            var capability = hit.capability();
            table.row(
                    capability.code(),
                    capability.newest() == null ? "" : capability.newest(),
                    capability.status().wire(),
                    capability.category(),
                    capability.displayName());
        });
        page.print(server, table, found.items().size(), found.totalCount(), found.nextCursor(), nothing());
        if (found.totalCount() == 0) {
            SearchAnswer.Facets facets = found.facets();
            replace("--category", facets.category());
            replace("--status", facets.status());
            replace("--tag", facets.tag());
            replace("--owner", facets.owner());
        } else {
            narrow("--category", found.facets().category());
            narrow("--tag", found.facets().tag());
        }
    }

    private String nothing() {
        boolean narrowed = Stream.of(category, status, tag, owner).anyMatch(values -> !values.isEmpty());
        if (words.isEmpty()) {
            return narrowed ? "There is no such capability." : "There is no capability yet.";
        }
        return "No capability matches %s%s."
                .formatted(Table.clean(String.join(" ", words)), narrowed ? " within these filters" : "");
    }

    private void narrow(String option, List<FacetValue> values) {
        String others = others(values);
        if (values.size() > 1 && !others.isEmpty()) {
            server.out().println("Narrow with %s: %s".formatted(option, Table.clean(others)));
        }
    }

    /** Where a value has nothing, it may be mistyped: the counts beside it are those of the others in its place. */
    private void replace(String option, List<FacetValue> values) {
        String selected = values.stream()
                .filter(FacetValue::selected)
                .map(FacetValue::value)
                .collect(Collectors.joining(" or "));
        String others = others(values);
        if (!selected.isEmpty() && !others.isEmpty()) {
            server.out().println(Table.clean("In place of %s %s there is: %s".formatted(option, selected, others)));
        }
    }

    private static String others(List<FacetValue> values) {
        return values.stream()
                .filter(value -> !value.selected() && !value.value().isEmpty())
                .limit(5)
                .map(value -> "%s (%d)".formatted(value.value(), value.count()))
                .collect(Collectors.joining(", "));
    }
}
