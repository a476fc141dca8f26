package dev.apg.resolver;

import dev.apg.resolver.Deduction.Event;
import dev.apg.resolver.Deduction.Form;
import dev.apg.resolver.Deduction.Rule;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts a deduction into words: one numbered sentence for each conclusion, references to earlier ones in brackets. */
final class Narrator {
    private final Encoding encoding;
    private final List<CoreFact> core;
    private final Deduction deduction;
    private final Wording wording;

    /** Groups whose "only one version" belongs to the core and was not said yet. */
    private final Set<Integer> unsaidSingle = new LinkedHashSet<>();

    private final Set<Integer> unsaidFacts = new LinkedHashSet<>();
    private final Map<Event, String> numbers = new IdentityHashMap<>();
    private final List<Step> steps = new ArrayList<>();

    private Narrator(Encoding encoding, CoreFact.Core core) {
        this.encoding = encoding;
        this.core = core.facts();
        this.deduction = new Deduction(encoding, this.core);
        this.wording = new Wording(encoding);
        for (int group : core.single()) {
            unsaidSingle.add(group);
        }
        for (int i = 0; i < this.core.size(); i++) {
            unsaidFacts.add(i);
        }
    }

    static List<Step> narrate(Encoding encoding, CoreFact.Core core) {
        Narrator narrator = new Narrator(encoding, core);
        List<Event> events = narrator.deduction.run();
        if (events == null) {
            narrator.listFacts();
        } else {
            narrator.tell(events, "");
            narrator.sayRest();
        }
        return narrator.steps;
    }

    /** For contradictions that no person would follow through all their cases. */
    private void listFacts() {
        for (Rule rule : deduction.rules) {
            List<Fact> facts = say(rule);
            if (!facts.isEmpty()) {
                steps.add(new Step("" + (steps.size() + 1), statement(rule) + ".", facts, List.of()));
            }
        }
        List<Fact> single = new ArrayList<>();
        unsaidSingle.forEach(group -> single.add(new Fact.OnlyOne(encoding.codeOfGroup(group))));
        unsaidSingle.clear();
        String sentence = "These cannot all hold: every combination was tried"
                + (single.isEmpty() ? "." : ", with one version of each.");
        List<String> all = steps.stream().map(Step::number).toList();
        steps.add(new Step("" + (steps.size() + 1), sentence, single, all));
    }

    /** Whatever the sentences left out, which should be nothing. */
    private void sayRest() {
        if (unsaidSingle.isEmpty()) {
            return;
        }
        List<Fact> single = new ArrayList<>();
        unsaidSingle.forEach(group -> single.add(new Fact.OnlyOne(encoding.codeOfGroup(group))));
        List<String> names = unsaidSingle.stream().map(encoding::codeOfGroup).toList();
        Step last = steps.removeLast();
        List<Fact> facts = new ArrayList<>(last.facts());
        facts.addAll(single);
        String sentence = last.sentence() + " There can be only one version of " + Phrases.join(names, "and") + ".";
        steps.add(new Step(last.number(), sentence, facts, last.from()));
    }

    private void tell(List<Event> events, String prefix) {
        int number = 0;
        int at = 0;
        while (at < events.size()) {
            int end = at + 1;
            while (end < events.size() && continues(events.get(end - 1), events.get(end))) {
                end++;
            }
            List<Event> together = events.subList(at, end);
            Event event = events.get(at);
            if (event.rule() == null) {
                String supposition = prefix + ++number;
                String state = wording.state(event.group(), event.removed(), deduction);
                steps.add(new Step(supposition, "Suppose " + state + ".", List.of(), List.of()));
                numbersOfSupposition.put(event.group(), supposition);
                int before = told.size();
                tell(event.supposed(), supposition + ".");
                told.subList(before, told.size()).clear();
                numbersOfSupposition.remove(event.group());
                String conclusion = prefix + ++number;
                numbers.put(event, conclusion);
                steps.add(new Step(
                        conclusion,
                        "So it is impossible that " + state + " (" + supposition + ").",
                        List.of(),
                        List.of(supposition)));
            } else {
                String own = prefix + ++number;
                together.forEach(each -> numbers.put(each, own));
                steps.add(step(own, together));
            }
            told.addAll(together);
            at = end;
        }
    }

    /** The conclusions told so far that still hold where the story is. */
    private final List<Event> told = new ArrayList<>();

    /** By group, the number of the supposition about it that is being followed. */
    private final Map<Integer, String> numbersOfSupposition = new TreeMap<>();

    /** Whether two conclusions are told in one sentence: several needs of one capability fail for the same reason. */
    private static boolean continues(Event first, Event second) {
        Rule one = first.rule();
        Rule two = second.rule();
        return one != null
                && two != null
                && one.form() == Form.NEED
                && two.form() == Form.NEED
                && one.consumer() >= 0
                && one.consumer() == two.consumer()
                && first.group() == one.consumer()
                && second.group() == two.consumer()
                && one.terms().keySet().equals(two.terms().keySet())
                && !second.from().getOrDefault(second.group(), List.of()).isEmpty()
                        == second.from().getOrDefault(second.group(), List.of()).contains(first);
    }

    private Step step(String number, List<Event> together) {
        Event event = together.getLast();
        Rule rule = Objects.requireNonNull(event.rule());
        List<Fact> facts = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        for (Event each : together) {
            Rule part = Objects.requireNonNull(each.rule());
            facts.addAll(say(part));
            statements.add(statement(part));
        }
        Set<String> from = new LinkedHashSet<>();
        boolean contradiction = event.removed().equals(event.before().getOrDefault(event.group(), new BitSet()));
        StringBuilder sentence = new StringBuilder();
        boolean aboutConsumer = rule.consumer() >= 0 && event.group() == rule.consumer();
        if (rule.consumer() >= 0 && !aboutConsumer) {
            sentence.append(statement(rule, references(event, rule.consumer(), from)));
        } else {
            sentence.append(Phrases.join(statements, "and"));
        }
        sentence.append(whoIsMeant(rule));
        List<String> obstacles = new ArrayList<>();
        for (int group : rule.terms().keySet()) {
            boolean concluded = group == event.group();
            if (group == rule.consumer() || (concluded && !contradiction)) {
                continue;
            }
            obstacles.add(obstacle(together, group, facts, from));
        }
        if (rule.form() == Form.NEED && includesItsOwn(rule) && unsaidSingle.remove(rule.consumer())) {
            facts.add(new Fact.OnlyOne(encoding.codeOfGroup(rule.consumer())));
            obstacles.add("there can be only one " + encoding.codeOfGroup(rule.consumer()));
        }
        String missing = rule.form() == Form.NEED ? missing(rule) : "";
        if (!missing.isEmpty()) {
            obstacles.add(missing);
        }
        if (!obstacles.isEmpty()) {
            sentence.append(", but ").append(Phrases.join(obstacles, "and"));
        }
        sentence.append(conclusion(event, together, contradiction, aboutConsumer, from));
        String text = sentence.toString();
        // A code keeps its spelling even where a sentence starts with it.
        String capital = text.startsWith("every ") ? "E" + text.substring(1) : text;
        return new Step(number, capital, facts, List.copyOf(from));
    }

    /** Who provides the services that a rule names, since the names do not tell. */
    private String whoIsMeant(Rule rule) {
        CoreFact fact = core.get(rule.facts().getFirst());
        boolean service = switch (fact.fact()) {
            case Fact.Asked(Root root) -> isService(root.target());
            case Fact.Needs(ExactVersion _, Requirement requirement) ->
                requirement.anyOf().stream().anyMatch(Narrator::isService);
            case Fact.Restricts(ExactVersion _, Requirement requirement) ->
                requirement.anyOf().stream().anyMatch(Narrator::isService);
            case Fact.Conflicts(ExactVersion _, Target target) -> isService(target);
            case Fact.Excluded _, Fact.Wanted _, Fact.Pinned _, Fact.NotAccepted _, Fact.OnlyOne _ -> false;
        };
        TreeMap<Integer, BitSet> members = new TreeMap<>();
        for (int member : fact.constraint().members()) {
            int group = encoding.solver.groupOf(member);
            members.computeIfAbsent(group, _ -> new BitSet()).set(deduction.stateOf(member));
        }
        if (!service || members.isEmpty()) {
            return "";
        }
        List<String> names = new ArrayList<>();
        members.forEach((group, states) -> names.add(wording.named(group, states, deduction, "and")));
        return switch (rule.form()) {
            case NEED -> " (only " + Phrases.join(names, "and") + " would do)";
            case OPPOSE, RESTRICT, STRIKE -> " (as " + Phrases.join(names, "and") + " would bring)";
        };
    }

    private static boolean isService(Target target) {
        return target.kind() == Target.Kind.SERVICE;
    }

    /** Whether other versions of the consumer itself would meet its need. */
    private boolean includesItsOwn(Rule rule) {
        for (int member : core.get(rule.facts().getFirst()).constraint().members()) {
            if (encoding.solver.groupOf(member) == rule.consumer()) {
                return true;
            }
        }
        return false;
    }

    private String conclusion(
            Event event, List<Event> together, boolean contradiction, boolean aboutConsumer, Set<String> from) {
        int group = event.group();
        if (group == Deduction.NO_GROUP) {
            return ".";
        }
        if (contradiction) {
            if (!aboutConsumer) {
                return ". That cannot be.";
            }
            Set<String> needed = new LinkedHashSet<>();
            for (Event each : event.from().getOrDefault(group, List.of())) {
                if (!together.contains(each)) {
                    addNumber(each, group, needed);
                }
            }
            from.addAll(needed);
            String code = encoding.codeOfGroup(group);
            String where = needed.isEmpty() ? "" : " (" + String.join(", ", needed) + ")";
            return ". So no " + code + " is left, although one is needed" + where + ".";
        }
        BitSet removed = new BitSet();
        together.forEach(each -> removed.or(each.removed()));
        BitSet left = allOf(group);
        Set<String> earlier = new LinkedHashSet<>();
        told.stream().filter(each -> each.group() == group).forEach(each -> {
            left.andNot(each.removed());
            addNumber(each, group, earlier);
        });
        boolean narrower = left.cardinality() > removed.cardinality() && !left.get(Deduction.ABSENT);
        left.andNot(removed);
        if (left.get(Deduction.ABSENT)) {
            return ", so " + wording.cannot(group, removed, deduction) + ".";
        }
        String where = "";
        BitSet meant = deduction.complement(group, removed);
        if (narrower || !left.equals(meant)) {
            from.addAll(earlier);
            where = earlier.isEmpty() ? "" : " (" + String.join(", ", earlier) + ")";
        }
        return ", so " + wording.must(group, left, deduction) + where + ".";
    }

    private BitSet allOf(int group) {
        BitSet all = deduction.complement(group, new BitSet());
        all.set(Deduction.ABSENT);
        return all;
    }

    private String earlierReferences(Event event, int group, Set<String> from) {
        Set<String> found = new LinkedHashSet<>();
        for (Event each : event.from().getOrDefault(group, List.of())) {
            addNumber(each, group, found);
        }
        from.addAll(found);
        return found.isEmpty() ? "" : " (" + String.join(", ", found) + ")";
    }

    private void addNumber(Event event, int group, Set<String> found) {
        String number = numbers.get(event);
        if (number == null) {
            number = numbersOfSupposition.get(group);
        }
        if (number != null) {
            found.add(number);
        }
    }

    private String references(Event event, int group, Set<String> from) {
        return earlierReferences(event, group, from);
    }

    /** Why a group of the rules does not help: what it must be instead, or what of it cannot be. */
    private String obstacle(List<Event> together, int group, List<Fact> facts, Set<String> from) {
        BitSet possible = allOf(group);
        BitSet failing = new BitSet();
        Set<String> references = new LinkedHashSet<>();
        boolean wanted = false;
        for (Event event : together) {
            Rule rule = Objects.requireNonNull(event.rule());
            wanted |= rule.form() == Form.NEED;
            failing.or(deduction.complement(
                    group, Objects.requireNonNull(rule.terms().get(group))));
            for (Event each : event.from().getOrDefault(group, List.of())) {
                possible.andNot(each.removed());
                addNumber(each, group, references);
            }
        }
        from.addAll(references);
        String where = references.isEmpty() ? "" : " (" + String.join(", ", references) + ")";
        if (possible.get(Deduction.ABSENT)) {
            return wording.cannot(group, failing, deduction) + where;
        }
        String text = wording.must(group, possible, deduction) + where;
        if (wanted && unsaidSingle.remove(group)) {
            facts.add(new Fact.OnlyOne(encoding.codeOfGroup(group)));
            text += " and there can be only one";
        }
        return text;
    }

    private List<Fact> say(Rule rule) {
        List<Fact> facts = new ArrayList<>();
        for (int position : rule.facts()) {
            if (unsaidFacts.remove(position)) {
                facts.add(core.get(position).fact());
            }
        }
        return facts;
    }

    private String statement(Rule rule) {
        return statement(rule, "");
    }

    /** What the facts of a rule say, without any conclusion. */
    private String statement(Rule rule, String references) {
        Fact first = core.get(rule.facts().getFirst()).fact();
        return switch (first) {
            case Fact.Asked(Root root) -> "You ask for " + Phrases.target(root.target());
            case Fact.Wanted(ExactVersion version) -> "The question is about " + version;
            case Fact.Pinned(String code, SemVer number) -> "You pin " + code + " to " + number;
            case Fact.Excluded(Target exclusion) -> "You exclude " + Phrases.target(exclusion);
            case Fact.NotAccepted(ExactVersion _, Mark mark) -> {
                Wording.Subject subject = wording.subjectOf(
                        rule.terms().firstKey(), rule.terms().firstEntry().getValue(), deduction);
                yield subject.text() + (subject.plural() ? " are " : " is ") + mark.word()
                        + ", which the policy does not accept";
            }
            case Fact.Needs _ -> aboutVersions(rule, references, "needs", "need", "");
            case Fact.Conflicts _ -> aboutVersions(rule, references, "conflicts with", "conflict with", "");
            case Fact.Restricts _ ->
                aboutVersions(rule, references, "works only with", "work only with", " if that is there");
            case Fact.OnlyOne(String code) -> "There can be only one version of " + code;
        };
    }

    /** Groups the facts by what they name, so that each wording is given once. */
    private String aboutVersions(Rule rule, String references, String one, String many, String after) {
        Map<String, BitSet> byTarget = new LinkedHashMap<>();
        for (int position : rule.facts()) {
            CoreFact fact = core.get(position);
            BitSet versions = byTarget.computeIfAbsent(object(fact.fact()), _ -> new BitSet());
            versions.set(deduction.stateOf(fact.constraint().consumer()));
        }
        List<String> parts = new ArrayList<>();
        byTarget.forEach((object, versions) -> {
            Wording.Subject subject = wording.subjectOf(rule.consumer(), versions, deduction);
            parts.add(subject.text() + references + " " + (subject.plural() ? many : one) + " " + object + after);
        });
        return Phrases.join(parts, "and");
    }

    private static String object(Fact fact) {
        return switch (fact) {
            case Fact.Needs(ExactVersion _, Requirement requirement) -> Phrases.targets(requirement.anyOf());
            case Fact.Restricts(ExactVersion _, Requirement requirement) -> Phrases.targets(requirement.anyOf());
            case Fact.Conflicts(ExactVersion _, Target target) -> Phrases.target(target);
            case Fact.Asked _, Fact.Wanted _, Fact.Pinned _, Fact.Excluded _, Fact.NotAccepted _, Fact.OnlyOne _ -> "";
        };
    }

    /** Targets that nothing meets at all. */
    private String missing(Rule rule) {
        Fact fact = core.get(rule.facts().getFirst()).fact();
        List<Target> targets = switch (fact) {
            case Fact.Asked(Root root) -> List.of(root.target());
            case Fact.Needs(ExactVersion _, Requirement requirement) -> requirement.anyOf();
            case Fact.Wanted _,
                    Fact.Restricts _,
                    Fact.Conflicts _,
                    Fact.Pinned _,
                    Fact.Excluded _,
                    Fact.NotAccepted _,
                    Fact.OnlyOne _ -> List.of();
        };
        List<String> missing = new ArrayList<>();
        for (Target target : targets) {
            String why = whyMissing(target);
            if (why != null) {
                missing.add(why);
            }
        }
        return Phrases.join(missing.stream().distinct().toList(), "and");
    }

    /** Null if something meets the target. */
    private @Nullable String whyMissing(Target target) {
        if (encoding.exists(target, encoding.rule())) {
            return null;
        }
        boolean service = target.kind() == Target.Kind.SERVICE;
        if (encoding.exists(target, PrereleaseRule.INCLUDE)) {
            return service
                    ? "only pre-releases provide that, which are not taken"
                    : "only pre-releases of " + target.code() + " are in that range, which are not taken";
        }
        if (service) {
            return encoding.isProvided(target.code())
                    ? "nothing provides " + target.code() + " in that range"
                    : "nothing provides the service " + target.code();
        }
        List<SemVer> numbers = encoding.numbers(target.code());
        return numbers.isEmpty()
                ? "there is no capability " + target.code()
                : "no version of " + target.code() + " is in that range (it has " + numbers.getFirst()
                        + (numbers.size() > 1 ? " to " + numbers.getLast() : "") + ")";
    }
}
