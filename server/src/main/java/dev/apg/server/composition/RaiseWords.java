package dev.apg.server.composition;

import dev.apg.resolver.Change;
import dev.apg.resolver.Root;
import java.util.List;
import java.util.stream.Collectors;

/** What a step of a plan raises, in words. */
final class RaiseWords {
    /** Changes that one sentence tells; the operations tell them all. */
    private static final int MOST_TOLD = 10;

    private RaiseWords() {}

    /**
     * {@code Ask for menu ^2.0.0 instead of ^1.0.0, and pin store to 2.0.0 instead of 1.0.0.}
     *
     * @param before which has the pins that are raised
     */
    static String sentence(List<Change.Setting> raises, Draft before) {
        String more = raises.size() > MOST_TOLD ? ", and %d more".formatted(raises.size() - MOST_TOLD) : "";
        String text = raises.stream()
                .limit(MOST_TOLD)
                .map(raise -> switch (raise) {
                    case Change.SetRange(Root root, var range) ->
                        "ask for %s instead of %s"
                                .formatted(root.in(range), root.target().range().text());
                    case Change.SetPin(String code, var number) ->
                        "pin %s to %s instead of %s"
                                .formatted(code, number, before.pins().get(code));
                })
                .collect(Collectors.joining(", and "));
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + more + ".";
    }
}
