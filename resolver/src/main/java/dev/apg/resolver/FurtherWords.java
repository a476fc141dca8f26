package dev.apg.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What else stands in the way, in words. */
final class FurtherWords {
    /** The numbers of other steps in a sentence: {@code  (2)}, {@code  (1, 3.1)}. */
    private static final String REFERENCES = " \\(\\d+(\\.\\d+)*(, \\d+(\\.\\d+)*)*\\)";

    private FurtherWords() {}

    /** @param fixes how many there are; each of them mends everything */
    static String text(Explanation.Further further, int fixes) {
        // Another fix of the first might have come across others.
        StringBuilder text = new StringBuilder("That is not all: once it is mended, there ")
                .append(
                        switch (further.count()) {
                            case 0 -> "is at least one other contradiction.\n";
                            case 1 -> "is at least one other contradiction:\n";
                            default -> "are at least " + further.count() + " other contradictions:\n";
                        });
        further.first()
                .forEach(each -> text.append("- ").append(each.sentence()).append('\n'));
        int untold = further.count() - further.first().size();
        if (untold > 0) {
            text.append("- and ").append(untold).append(" more.\n");
        }
        return text.append(
                        switch (fixes) {
                            case 0 -> "";
                            case 1 -> "The fix mends them together.\n";
                            default -> "Each fix mends them together.\n";
                        })
                .toString();
    }

    /** For example {@code You ask for cart: cart 1.0.0 needs redis ^9.0.0, but no version of redis is in that range.} */
    static Explanation.Contradiction of(Explanation explanation) {
        String said = said(explanation.core());
        String end = explanation.conclusion();
        String because = because(explanation);
        String sentence;
        if (said.isEmpty() || end.startsWith(said)) {
            sentence = end + because;
        } else if (explanation.isListed()) {
            sentence = said + ", which cannot be had together: every combination was tried.";
        } else if (end.startsWith("You ") && because.isEmpty()) {
            sentence = said + ". That cannot be.";
        } else {
            sentence = said + ": " + within(end) + because;
        }
        return new Explanation.Contradiction(explanation.core(), sentence);
    }

    /** The conclusions that the end rests on, unless what the request says is all of them. */
    private static String because(Explanation explanation) {
        Step last = explanation.steps().getLast();
        List<String> from = explanation.isListed() ? List.of() : last.from();
        String reasons = explanation.steps().stream()
                .filter(step -> from.contains(step.number()))
                .filter(step -> step.facts().stream().noneMatch(FurtherWords::isSaid))
                .map(step -> within(sentence(step)).replaceFirst("\\.$", ""))
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "" : " That is because " + reasons + ".";
    }

    /** As it is written in the middle of a sentence. */
    private static String within(String sentence) {
        return sentence.startsWith("Every ") ? "e" + sentence.substring(1) : sentence;
    }

    private static boolean isSaid(Fact fact) {
        return switch (fact) {
            case Fact.Asked _, Fact.Pinned _, Fact.Excluded _, Fact.Wanted _ -> true;
            case Fact.Needs _, Fact.Restricts _, Fact.Conflicts _, Fact.NotAccepted _, Fact.OnlyOne _ -> false;
        };
    }

    /** What the request itself says of it. */
    private static String said(List<Fact> core) {
        List<String> asked = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Fact fact : core) {
            switch (fact) {
                case Fact.Asked(Root root) -> asked.add(Phrases.target(root.target()));
                case Fact.Pinned(String code, var number) -> others.add("pin " + code + " to " + number);
                case Fact.Excluded(Target exclusion) -> others.add("exclude " + Phrases.target(exclusion));
                case Fact.Wanted _,
                        Fact.Needs _,
                        Fact.Restricts _,
                        Fact.Conflicts _,
                        Fact.NotAccepted _,
                        Fact.OnlyOne _ -> {}
            }
        }
        List<String> said = new ArrayList<>();
        if (!asked.isEmpty()) {
            said.add("ask for " + Phrases.join(asked, "and"));
        }
        said.addAll(others);
        return said.isEmpty() ? "" : "You " + Phrases.join(said, "and");
    }

    /** A step without the numbers of those that it builds on. */
    static String sentence(Step step) {
        return step.sentence().replaceAll(REFERENCES, "");
    }
}
