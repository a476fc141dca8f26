package dev.apg.cli.command;

import dev.apg.contract.composition.ResolveOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a draft is resolved; what resolves, asks why, validates and freezes takes the same, so that all mean the same lock. */
final class ResolutionOptions {
    @Option(
            names = "--previous",
            paramLabel = "REVISION",
            description = "Keep the versions of this revision while they hold; 0 keeps none (default: the newest one).")
    @Nullable
    Integer previous;

    @Option(
            names = "--update",
            split = ",",
            paramLabel = "CAPABILITY",
            description = "Free these of the previous revision.")
    List<String> update = new ArrayList<>();

    @Option(names = "--update-all", description = "Free all of them: take the newest that goes.")
    boolean updateAll;

    @Option(names = "--steps", paramLabel = "N", description = "How much work may be done (default: 50000000).")
    @Nullable
    Long steps;

    ResolveOptions asked() {
        return new ResolveOptions(previous, update, updateAll, steps);
    }

    /** Whether anything is said about a previous revision. */
    boolean aboutPrevious() {
        return previous != null || updateAll || !update.isEmpty();
    }
}
