package dev.apg.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The command line.
 *
 * @param generate write a catalogue instead of measuring
 * @param names of the measurements to take; all if empty
 */
record Arguments(boolean generate, List<String> names, Scale scale) {
    static final String USAGE = """
            usage: bin/bench [--quick] [--rounds N] [--seconds N] [--capabilities N,N] [--versions N] [--roots N,N]
                             [--seed N] [MEASUREMENT ...]
                   bin/bench generate [--capabilities N] [--versions N] [--seed N] > catalogue.jsonl""";

    /** @throws IllegalArgumentException if it is not a command line of the bench */
    static Arguments parse(List<String> arguments, List<String> known) {
        boolean generate = arguments.contains("generate");
        Scale scale = arguments.contains("--quick") ? Scale.QUICK : Scale.FULL;
        List<String> names = new ArrayList<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (argument.startsWith("--") && !argument.equals("--quick")) {
                scale = with(scale, argument, rest);
            } else if (known.contains(argument)) {
                names.add(argument);
            } else if (!argument.equals("--quick") && !argument.equals("generate")) {
                throw new IllegalArgumentException(
                        "measurement: %s (expected: %s)".formatted(argument, String.join(", ", known)));
            }
        }
        return new Arguments(generate, List.copyOf(names), scale);
    }

    private static Scale with(Scale scale, String option, Iterator<String> rest) {
        List<Integer> values = rest.hasNext() ? numbers(option, rest.next()) : List.of();
        if (values.isEmpty()) {
            throw new IllegalArgumentException(option + ": no value (expected: a number)");
        }
        int value = values.getFirst();
        return switch (option) {
            case "--capabilities" ->
                new Scale(values, scale.versions(), scale.roots(), scale.seed(), scale.rounds(), scale.seconds());
            case "--versions" ->
                new Scale(scale.capabilities(), value, scale.roots(), scale.seed(), scale.rounds(), scale.seconds());
            case "--roots" ->
                new Scale(
                        scale.capabilities(), scale.versions(), values, scale.seed(), scale.rounds(), scale.seconds());
            case "--seed" ->
                new Scale(
                        scale.capabilities(), scale.versions(), scale.roots(), value, scale.rounds(), scale.seconds());
            case "--rounds" ->
                new Scale(scale.capabilities(), scale.versions(), scale.roots(), scale.seed(), value, scale.seconds());
            case "--seconds" ->
                new Scale(scale.capabilities(), scale.versions(), scale.roots(), scale.seed(), scale.rounds(), value);
            default ->
                throw new IllegalArgumentException("option: " + option
                        + " (expected: --quick, --rounds, --seconds, --capabilities, --versions, --roots or --seed)");
        };
    }

    private static List<Integer> numbers(String option, String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            try {
                numbers.add(Integer.valueOf(each));
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("%s: %s (expected: numbers)".formatted(option, text), notANumber);
            }
            if (numbers.getLast() < 1) {
                throw new IllegalArgumentException("%s: %s (expected: 1 or more)".formatted(option, text));
            }
        }
        return numbers;
    }
}
