package dev.apg.resolver;

import java.util.List;
import java.util.Objects;

/**
 * One step of a derivation.
 *
 * @param number of the sentence: {@code 3}, or {@code 3.1} for a step inside the supposition of step 3
 * @param sentence what follows, in words, without the number
 * @param facts the facts that this step brings in; over all steps each fact of the core once
 * @param from numbers of the earlier steps that it builds on
 */
public record Step(String number, String sentence, List<Fact> facts, List<String> from) {
    public Step {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(sentence, "sentence");
        facts = List.copyOf(facts);
        from = List.copyOf(from);
    }
}
