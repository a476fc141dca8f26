package dev.apg.cli.command;

import dev.apg.contract.Page;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a list. */
final class PageOptions {
    @Option(names = "--limit", paramLabel = "N", description = "How many, 1 to 100 (default: 20).")
    @Nullable
    String limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on after the part that gave this cursor.")
    @Nullable
    String cursor;

    List<Map.Entry<String, String>> parameters() {
        var parameters = new ArrayList<Map.Entry<String, String>>();
        if (limit != null) {
            parameters.add(Map.entry("limit", limit));
        }
        if (cursor != null) {
            parameters.add(Map.entry("cursor", cursor));
        }
        return parameters;
    }

    void printRest(PrintWriter out, Page<?> page) {
        printRest(out, page.items().size(), page.totalCount(), page.nextCursor());
    }

    void printRest(PrintWriter out, int shown, long total, @Nullable String next) {
        out.printf("%n%d of %d.%s%n", shown, total, next == null ? "" : " More: --cursor " + next);
    }
}
