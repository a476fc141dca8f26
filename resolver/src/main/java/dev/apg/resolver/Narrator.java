package dev.apg.resolver;

import dev.apg.resolver.CoreRules.Form;
import dev.apg.resolver.CoreRules.Rule;
import dev.apg.resolver.Deduction.Event;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Puts a deduction into words: one numbered sentence for each conclusion, references to earlier ones in brackets. */
final class Narrator {
    /** How a derivation ends that only lists its facts. */
    static final String LISTED = "These cannot all hold";

    private final Encoding encoding;
    private final List<CoreFact> core;
    private final CoreRules coreRules;
    private final Wording wording;
    private final Statements statements;

    /** Groups whose "only one version" belongs to the core and was not said yet. */
    private final Set<Integer> unsaidSingle = new LinkedHashSet<>();

    private final Set<Integer> unsaidFacts = new LinkedHashSet<>();
    private final StepNumbers numbers = new StepNumbers();
    private final List<Step> steps = new ArrayList<>();

    /** The conclusions told so far that still hold where the story is. */
    private final List<Event> told = new ArrayList<>();

    private Narrator(Encoding encoding, CoreFact.Core core) {
        this.encoding = encoding;
        this.core = core.facts();
        this.coreRules = new CoreRules(encoding, this.core);
        this.wording = new Wording(encoding);
        this.statements = new Statements(encoding, this.core, coreRules, wording);
        for (int group : core.single()) {
            unsaidSingle.add(group);
        }
        for (int i = 0; i < this.core.size(); i++) {
            unsaidFacts.add(i);
        }
    }

    static List<Step> narrate(Encoding encoding, CoreFact.Core core) {
        Narrator narrator = new Narrator(encoding, core);
        List<Event> events = Deduction.of(narrator.coreRules);
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
        for (Rule rule : coreRules.rules) {
            List<Fact> facts = say(rule);
            if (!facts.isEmpty()) {
                steps.add(new Step("" + (steps.size() + 1), statements.of(List.of(rule), "") + ".", facts, List.of()));
            }
        }
        List<Fact> single = new ArrayList<>();
        unsaidSingle.forEach(group -> single.add(new Fact.OnlyOne(encoding.codeOfGroup(group))));
        unsaidSingle.clear();
        String sentence =
                LISTED + ": every combination was tried" + (single.isEmpty() ? "." : ", with one version of each.");
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
                String state = wording.state(event.group(), event.removed(), coreRules);
                steps.add(new Step(supposition, "Suppose " + state + ".", List.of(), List.of()));
                numbers.suppose(event.group(), supposition);
                int before = told.size();
                tell(event.supposed(), supposition + ".");
                told.subList(before, told.size()).clear();
                numbers.endSupposition(event.group());
                String conclusion = prefix + ++number;
                numbers.conclude(event, conclusion);
                steps.add(new Step(
                        conclusion,
                        "So it is impossible that " + state + " (" + supposition + ").",
                        List.of(),
                        List.of(supposition)));
            } else {
                String own = prefix + ++number;
                together.forEach(each -> numbers.conclude(each, own));
                steps.add(step(own, together));
            }
            told.addAll(together);
            at = end;
        }
    }

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
        List<Rule> rules = rules(together);
        rules.forEach(each -> facts.addAll(say(each)));
        Set<String> from = new LinkedHashSet<>();
        boolean contradiction = event.removed().equals(event.before().getOrDefault(event.group(), new BitSet()));
        boolean aboutConsumer = rule.consumer() >= 0 && event.group() == rule.consumer();
        StringBuilder sentence = new StringBuilder(
                rule.consumer() >= 0 && !aboutConsumer
                        ? statements.of(List.of(rule), numbers.references(event, rule.consumer(), from))
                        : statements.of(rules, ""));
        List<String> obstacles = new ArrayList<>();
        for (int group : rule.terms().keySet()) {
            boolean concluded = group == event.group();
            if (group == rule.consumer() || (concluded && !contradiction)) {
                continue;
            }
            obstacles.add(obstacle(together, group, facts, from));
        }
        if (rule.form() == Form.NEED && statements.includesItsOwn(rule) && unsaidSingle.remove(rule.consumer())) {
            facts.add(new Fact.OnlyOne(encoding.codeOfGroup(rule.consumer())));
            obstacles.add("there can be only one " + encoding.codeOfGroup(rule.consumer()));
        }
        String missing = rule.form() == Form.NEED ? statements.missing(rules) : "";
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
                    numbers.add(each, group, needed);
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
            numbers.add(each, group, earlier);
        });
        boolean narrower = left.cardinality() > removed.cardinality() && !left.get(CoreRules.ABSENT);
        left.andNot(removed);
        if (left.get(CoreRules.ABSENT)) {
            return ", so " + wording.cannot(group, removed, coreRules) + ".";
        }
        String where = "";
        BitSet meant = coreRules.complement(group, removed);
        if (narrower || !left.equals(meant)) {
            from.addAll(earlier);
            where = earlier.isEmpty() ? "" : " (" + String.join(", ", earlier) + ")";
        }
        return ", so " + wording.must(group, left, coreRules) + where + ".";
    }

    private BitSet allOf(int group) {
        BitSet all = coreRules.complement(group, new BitSet());
        all.set(CoreRules.ABSENT);
        return all;
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
            failing.or(coreRules.complement(
                    group, Objects.requireNonNull(rule.terms().get(group))));
            for (Event each : event.from().getOrDefault(group, List.of())) {
                possible.andNot(each.removed());
                numbers.add(each, group, references);
            }
        }
        from.addAll(references);
        String where = references.isEmpty() ? "" : " (" + String.join(", ", references) + ")";
        if (possible.get(CoreRules.ABSENT)) {
            String pinned = wanted ? statements.hiddenPin(rules(together), group) : "";
            return wording.cannot(group, failing, coreRules) + where + pinned;
        }
        String text = wording.must(group, possible, coreRules) + where;
        boolean hidden = wanted && statements.areHidden(rules(together), group, possible);
        if (hidden) {
            text += ", a pre-release, " + Statements.LET_IN;
        }
        if (wanted && unsaidSingle.remove(group)) {
            facts.add(new Fact.OnlyOne(encoding.codeOfGroup(group)));
            text += (hidden ? "," : "") + " and there can be only one";
        }
        return text;
    }

    private static List<Rule> rules(List<Event> together) {
        return together.stream()
                .map(each -> Objects.requireNonNull(each.rule()))
                .toList();
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
}
