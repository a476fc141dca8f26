package dev.apg.server.composition;

import dev.apg.contract.composition.DraftOperation;
import dev.apg.resolver.Raise;
import dev.apg.resolver.Root;
import java.util.List;
import java.util.stream.Collectors;

/** What is raised in a request, as operations of the draft and in words. */
final class RaiseWords {
    /** Changes that one sentence tells; the operations tell them all. */
    private static final int MOST_TOLD = 10;

    private RaiseWords() {}

    static List<DraftOperation> operations(List<Raise> raises) {
        return raises.stream()
                .map(raise -> switch (raise) {
                    case Raise.Range(Root root, var range) ->
                        switch (root.target().kind()) {
                            case CAPABILITY ->
                                (DraftOperation) new DraftOperation.SetRange(
                                        root.target().code(), range.text());
                            case SERVICE ->
                                new DraftOperation.RequireService(root.target().code(), range.text());
                        };
                    case Raise.Pin(String code, var from, var to) -> new DraftOperation.Pin(code, to.toString());
                })
                .toList();
    }

    /** {@code Ask for menu ^2.0.0 instead of ^1.0.0, and pin store to 2.0.0 instead of 1.0.0.} */
    static String sentence(List<Raise> raises) {
        String more = raises.size() > MOST_TOLD ? ", and %d more".formatted(raises.size() - MOST_TOLD) : "";
        String text = raises.stream()
                .limit(MOST_TOLD)
                .map(raise -> switch (raise) {
                    case Raise.Range(Root root, var range) ->
                        "ask for %s instead of %s"
                                .formatted(root.in(range), root.target().range().text());
                    case Raise.Pin(String code, var from, var to) ->
                        "pin %s to %s instead of %s".formatted(code, to, from);
                })
                .collect(Collectors.joining(", and "));
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + more + ".";
    }
}
