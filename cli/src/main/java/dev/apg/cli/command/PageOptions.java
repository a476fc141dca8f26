package dev.apg.cli.command;

import dev.apg.cli.output.Table;
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

    /**
     * Prints a part of a list, and how much of it that is.
     *
     * @param none what is said instead if there is nothing at all
     */
    void print(ServerOptions server, Table table, Page<?> page, String none) {
        print(server, table, page.items().size(), page.totalCount(), page.nextCursor(), none);
    }

    void print(ServerOptions server, Table table, int shown, long total, @Nullable String next, String none) {
        PrintWriter out = server.out();
        if (total == 0) {
            out.println(none);
            return;
        }
        out.print(table);
        out.printf("%nShown: %d of %d.%n", shown, total);
        if (next != null) {
            out.printf("More: %s%n", server.again("--cursor", next));
        }
    }
}
