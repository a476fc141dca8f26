package dev.apg.server.platform.config;

import dev.apg.server.platform.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;

/** Reads variables from an environment, collecting what is wrong and what is worth a warning. */
final class EnvironmentReader {
    /** Read by the command line only; known here so that they raise no warning. */
    private static final Set<String> CLIENT = Set.of(
            "APG_URL",
            "APG_TOKEN",
            "APG_CA_FILE",
            "APG_TIMEOUT",
            "APG_PIPELINE",
            "APG_PIPELINE_AUDIENCE",
            "APG_ID_TOKEN",
            "APG_SHARED");

    private final Map<String, String> environment;
    private final Duration patience;

    /** Against {@link System#nanoTime}: several silent pipes take no longer than one. */
    private final long deadline;

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** By the variable's first name. */
    private final Map<String, Optional<Given>> read = new HashMap<>();

    /** @param patience how long files that are none, such as pipes, may take together to give what they hold */
    EnvironmentReader(Map<String, String> environment, Duration patience) {
        this.environment = Map.copyOf(environment);
        this.patience = patience;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    List<String> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    void refuse(String sentence) {
        problems.add(sentence);
    }

    /** The value, or the fallback; empty if there is neither or the value is refused. */
    <T> Optional<T> read(Variable<T> variable) {
        Optional<Given> given = given(variable);
        if (given.isPresent() && variable.awaits().isPresent()) {
            warnings.add("%s has no effect yet: it waits for %s."
                    .formatted(given.get().name(), variable.awaits().get()));
        }
        Optional<String> text = given.map(Given::value).or(variable::fallback);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(variable.parser().apply(text.get()));
        } catch (IllegalArgumentException e) {
            String name = given.map(Given::name).orElse(variable.name());
            problems.add("%s: %s (expected: %s)."
                    .formatted(name, variable.secret() ? "this value will not do" : text.get(), variable.expected()));
            return Optional.empty();
        }
    }

    /** What it says, accepted or not; for comparing. */
    Optional<String> peek(Variable<?> variable) {
        return given(variable).map(Given::value);
    }

    /** For a variable with a fallback; the fallback itself when the value is refused, so that reading can go on. */
    <T> T get(Variable<T> variable) {
        return read(variable)
                .orElseGet(() -> variable.parser().apply(variable.fallback().orElseThrow()));
    }

    /** Whether there is any value, good or bad. */
    boolean isGiven(Variable<?> variable) {
        return variable.names().stream()
                .anyMatch(name ->
                        !environment.getOrDefault(name, "").isBlank() || environment.containsKey(name + "_FILE"));
    }

    /** The file behind {@code NAME_FILE}, if the variable was given that way and it can be read again: a pipe cannot. */
    Optional<Path> file(Variable<?> variable) {
        return variable.names().stream()
                .map(name -> environment.get(name + "_FILE"))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Path::of)
                .filter(Files::isRegularFile);
    }

    /** A sentence for each name that looks like one of ours and is none. */
    List<String> unknownNames() {
        Set<String> known = new TreeSet<>(CLIENT);
        Variables.all().forEach(variable -> known.addAll(variable.names()));
        List<String> sentences = new ArrayList<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            String plain = name.endsWith("_FILE") ? name.substring(0, name.length() - 5) : name;
            if (name.startsWith("APG_") && !known.contains(plain)) {
                sentences.add("%s is not known%s"
                        .formatted(
                                name,
                                Spelling.nearest(plain, known)
                                        .map(nearest -> ": did you mean " + nearest + "?")
                                        .orElse(".")));
            }
        }
        return sentences;
    }

    private record Given(String name, String value) {}

    /** Once: a pipe gives what it holds only once, and what is wrong is said once. */
    private Optional<Given> given(Variable<?> variable) {
        Optional<Given> known = read.get(variable.name());
        if (known == null) {
            known = find(variable);
            read.put(variable.name(), known);
        }
        return known;
    }

    private Optional<Given> find(Variable<?> variable) {
        var found = new ArrayList<Given>();
        for (String name : variable.names()) {
            String value = environment.get(name);
            String file = environment.get(name + "_FILE");
            if (value != null && file != null) {
                problems.add("%s and %s_FILE are both set (expected: one of them).".formatted(name, name));
            } else if (value != null && !value.isBlank()) {
                found.add(new Given(name, value.strip()));
            } else if (file != null) {
                content(name + "_FILE", file).ifPresent(content -> found.add(new Given(name + "_FILE", content)));
            }
        }
        if (found.stream().map(Given::value).distinct().count() > 1) {
            problems.add("%s and %s are the same variable and differ (expected: one of them)."
                    .formatted(found.get(0).name(), found.get(1).name()));
        }
        return found.stream().findFirst();
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private Optional<String> content(String name, String file) {
        Path path;
        try {
            path = Path.of(file);
        } catch (InvalidPathException none) {
            problems.add("%s: %s (expected: the path of a file).".formatted(name, file));
            return Optional.empty();
        }
        if (file.isBlank()) {
            problems.add("%s is empty (expected: the path of a file).".formatted(name));
            return Optional.empty();
        }
        try {
            Optional<String> content = VariableFile.read(path, left());
            if (content.isEmpty()) {
                problems.add("%s: %s is larger than 64 KiB (expected: a file that holds nothing but the value)."
                        .formatted(name, file));
            }
            return content;
        } catch (TimeoutException silent) {
            problems.add(
                    "%s: %s cannot be read: it did not end within %d s (expected: a file, or a pipe that is written to and closed)."
                            .formatted(name, file, patience.toSeconds()));
            return Optional.empty();
        } catch (IOException e) {
            problems.add("%s: %s cannot be read: %s.".formatted(name, file, VariableFile.reason(path, e)));
            return Optional.empty();
        }
    }
}
