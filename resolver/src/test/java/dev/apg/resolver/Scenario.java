package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A scenario file. Before the line {@code ---} what there is and what is asked, a fact a line; after it the answer.
 *
 * <pre>
 * # a comment
 * menu 1.1.0, 1.2.0 needs dropdown ^2.0.0    also: recommends, may-use, enhances, conflicts, provides, is yanked
 * shop 1.0.0 needs service cart ^1 | redis   any of several
 * ask menu ^1.0.0
 * ask service cart
 * exclude legacy &lt;2     pin menu 1.1.0     lock menu 1.0.0     accept yanked     refuse deprecated     prereleases     objective fewest cheapest
 * why-not menu 2.0.0
 * </pre>
 */
final class Scenario {
    private final List<CapabilityVersion> versions = new ArrayList<>();
    private Request request = Request.of();
    private ExactVersion whyNot;
    private String expected = "";

    static Scenario read(Path file) throws IOException {
        String[] parts = Files.readString(file).split("(?m)^---\n", 2);
        Scenario scenario = new Scenario();
        parts[0].lines()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .forEach(scenario::add);
        scenario.expected = parts[1];
        return scenario;
    }

    String expected() {
        return expected;
    }

    String answer() {
        Universe universe = Universe.of(versions.toArray(CapabilityVersion[]::new));
        if (whyNot != null) {
            return switch (Resolver.whyNot(universe, request, whyNot)) {
                case WhyNot.Possible(Resolution.Solved solved) ->
                    render(solved, new Preferences(universe, request, solved, new Allowance(0, 0)));
                case WhyNot.Impossible(Explanation explanation) -> explanation.text();
                case WhyNot.Unknown(ExactVersion version) -> "unknown: " + version + "\n";
                case WhyNot.Exhausted _ -> "exhausted\n";
            };
        }
        return switch (Resolver.resolve(universe, request)) {
            case Resolution.Solved solved ->
                render(solved, new Preferences(universe, request, solved, new Allowance(100, 1_000_000)));
            case Resolution.Unsolvable(Explanation explanation, long _) -> explanation.text();
            case Resolution.Exhausted _ -> "exhausted\n";
        };
    }

    private static String render(Resolution.Solved solved, Preferences preferences) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : solved.entries()) {
            HeldBack held = preferences.heldBack(entry);
            text.append(entry.version())
                    .append(": ")
                    .append(entry.reason().stream().map(Scenario::render).collect(Collectors.joining(" > ")));
            if (held != null) {
                text.append("; held back from ")
                        .append(held.newest())
                        .append(" by ")
                        .append(render(held.cause()));
                held.others().forEach(other -> text.append(" and ").append(render(other)));
                if (held.next() != null) {
                    text.append(", from ")
                            .append(held.next().number())
                            .append(" by ")
                            .append(render(held.next().cause()));
                }
                if (held.passedOver() != null) {
                    text.append(", from ")
                            .append(held.passedOver().number())
                            .append(" by ")
                            .append(render(held.passedOver().cause()));
                }
                if (held.kept() != null && !held.kept().equals(held.newest())) {
                    text.append("; kept below ").append(held.kept());
                }
            }
            text.append('\n');
        }
        solved.leftOut()
                .forEach(each -> text.append("left out: ").append(each.why()).append('\n'));
        solved.suggestions()
                .forEach(each -> text.append("suggested: ")
                        .append(each.version())
                        .append(" beside ")
                        .append(each.present())
                        .append('\n'));
        solved.cycles()
                .forEach(each -> text.append("cycle: ")
                        .append(String.join(" > ", each.path()))
                        .append('\n'));
        return text.toString();
    }

    private static String render(HeldBack.Cause cause) {
        return cause instanceof HeldBack.Cause.Aim(Objective objective, long more)
                ? "%s + %d".formatted(objective.name().toLowerCase(Locale.ROOT), more)
                : cause.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String render(Link link) {
        return switch (link) {
            case Link.Asked(Root root) -> "asked " + root;
            case Link.Needed(ExactVersion consumer, Requirement requirement) ->
                consumer + " (" + requirement.name() + ")";
        };
    }

    private void add(String line) {
        String[] words = line.split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "ask" -> {
                List<Root> roots = new ArrayList<>(request.roots());
                roots.add(new Root(target(rest)));
                request = request.withRoots(roots);
            }
            case "exclude" -> {
                List<Target> exclusions = new ArrayList<>(request.exclusions());
                exclusions.add(target(rest));
                request = request.withExclusions(exclusions);
            }
            case "pin" -> {
                var pins = new java.util.HashMap<>(request.pins());
                pins.put(exact(rest).code(), exact(rest).number());
                request = request.withPins(pins);
            }
            case "lock" -> {
                var previous = new java.util.HashMap<>(request.previous());
                previous.put(exact(rest).code(), exact(rest).number());
                request = request.withPrevious(previous);
            }
            case "accept" -> request = request.withPolicy(policy -> policy.accepting(mark(rest)));
            case "refuse" -> {
                Set<Mark> accepted = EnumSet.copyOf(request.policy().accepted());
                accepted.remove(mark(rest));
                request = request.withPolicy(policy -> new Policy(policy.objectives(), policy.prereleases(), accepted));
            }
            case "prereleases" -> request = request.withPolicy(Policy::withPrereleases);
            case "objective" ->
                request = request.withPolicy(policy -> policy.withObjectives(Arrays.stream(rest.split(" "))
                        .map(word -> Objective.valueOf(word.toUpperCase(Locale.ROOT)))
                        .toArray(Objective[]::new)));
            case "why-not" -> whyNot = exact(rest);
            default -> addVersions(line);
        }
    }

    /** {@code code number, number verb object}, or only codes and numbers. */
    private void addVersions(String line) {
        String code = line.substring(0, line.indexOf(' '));
        String[] words = line.substring(code.length() + 1).split(" ");
        int at = 0;
        List<SemVer> numbers = new ArrayList<>();
        while (at < words.length && Character.isDigit(words[at].charAt(0))) {
            numbers.add(SemVer.parse(words[at++].replace(",", "")));
        }
        String verb = at < words.length ? words[at++] : "";
        String object = String.join(" ", List.of(words).subList(at, words.length));
        for (SemVer number : numbers) {
            CapabilityVersion before = versions.stream()
                    .filter(each -> each.code().equals(code) && each.number().equals(number))
                    .findFirst()
                    .orElse(new CapabilityVersion(code, number, Set.of(), List.of(), List.of(), List.of(), 0));
            versions.remove(before);
            versions.add(with(before, verb, object));
        }
    }

    private static CapabilityVersion with(CapabilityVersion version, String verb, String object) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        marks.addAll(version.marks());
        List<Provision> provides = new ArrayList<>(version.provides());
        List<Requirement> requirements = new ArrayList<>(version.requirements());
        List<Target> conflicts = new ArrayList<>(version.conflicts());
        long cost = version.cost();
        switch (verb) {
            case "" -> {}
            case "is" -> marks.add(mark(object));
            case "costs" -> cost = Long.parseLong(object);
            case "provides" -> provides.add(new Provision(object.split(" ")[0], SemVer.parse(object.split(" ")[1])));
            case "conflicts" -> conflicts.add(target(object));
            case "needs" -> requirements.add(requirement(Strength.REQUIRED, object));
            case "recommends" -> requirements.add(requirement(Strength.RECOMMENDED, object));
            case "may-use" -> requirements.add(requirement(Strength.OPTIONAL, object));
            case "enhances" -> requirements.add(requirement(Strength.ENHANCING, object));
            default -> throw new IllegalArgumentException("verb: " + verb);
        }
        return new CapabilityVersion(version.code(), version.number(), marks, provides, requirements, conflicts, cost);
    }

    private static Requirement requirement(Strength strength, String object) {
        List<Target> anyOf =
                List.of(object.split(" \\| ")).stream().map(Scenario::target).toList();
        return new Requirement(anyOf.getFirst().code(), strength, anyOf);
    }

    private static Target target(String text) {
        boolean service = text.startsWith("service ");
        String[] words = (service ? text.substring(8) : text).split(" ", 2);
        String range = words.length > 1 ? words[1] : "*";
        return service ? Target.service(words[0], range) : Target.capability(words[0], range);
    }

    private static ExactVersion exact(String text) {
        return new ExactVersion(text.split(" ")[0], SemVer.parse(text.split(" ")[1]));
    }

    private static Mark mark(String text) {
        return Mark.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
