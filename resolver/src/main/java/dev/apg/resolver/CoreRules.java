package dev.apg.resolver;

import dev.apg.resolver.engine.Constraint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The facts of a core as rules about the versions of capabilities. Facts that say the same of several versions of a capability
 * are one rule, which is what merges "menu 1.1.0 needs…, menu 1.2.0 needs…" into one sentence.
 */
final class CoreRules {
    /** State 0 of a group: none of its mentioned versions is chosen. State i + 1: the i-th mentioned one is. */
    static final int ABSENT = 0;

    /** What all facts of a rule have in common. */
    enum Form {
        NEED,
        OPPOSE,
        RESTRICT,
        STRIKE
    }

    /**
     * It is impossible that every group of {@code terms} is in one of the given states.
     *
     * @param facts positions in the core
     * @param consumer the group of the versions that the facts are about, or -1
     */
    record Rule(Form form, List<Integer> facts, int consumer, TreeMap<Integer, BitSet> terms) {}

    /**
     * What says something if a version of a group is chosen.
     *
     * @param rules those about versions of the group, of what these need, and so on
     */
    record Below(int group, List<Rule> rules) {}

    final List<Rule> rules = new ArrayList<>();

    /** By group, its mentioned variables, ascending. */
    final TreeMap<Integer, int[]> mentioned = new TreeMap<>();

    private final Encoding encoding;

    CoreRules(Encoding encoding, List<CoreFact> facts) {
        this.encoding = encoding;
        collectMentioned(facts);
        Map<List<Object>, Rule> merged = new LinkedHashMap<>();
        for (int i = 0; i < facts.size(); i++) {
            addRules(facts.get(i).fact(), facts.get(i).constraint(), i, merged);
        }
        rules.addAll(merged.values());
        rules.sort((a, b) -> Integer.compare(a.terms.size(), b.terms.size()));
    }

    private void collectMentioned(List<CoreFact> facts) {
        TreeMap<Integer, TreeSet<Integer>> found = new TreeMap<>();
        for (CoreFact fact : facts) {
            Constraint constraint = fact.constraint();
            if (constraint.consumer() >= 0) {
                note(constraint.consumer(), found);
            }
            for (int member : constraint.members()) {
                note(member, found);
            }
        }
        found.forEach((group, variables) -> mentioned.put(
                group, variables.stream().mapToInt(Integer::intValue).toArray()));
    }

    private void note(int variable, TreeMap<Integer, TreeSet<Integer>> found) {
        found.computeIfAbsent(encoding.solver.groupOf(variable), _ -> new TreeSet<>())
                .add(variable);
    }

    int[] variables(int group) {
        return Objects.requireNonNull(mentioned.get(group));
    }

    /** The state of a variable's group in which it is chosen. */
    int stateOf(int variable) {
        return 1 + Arrays.binarySearch(variables(encoding.solver.groupOf(variable)), variable);
    }

    /** The versions, by state, that are not in a set. */
    BitSet complement(int group, BitSet states) {
        BitSet others = all(group);
        others.andNot(states);
        others.clear(ABSENT);
        return others;
    }

    BitSet all(int group) {
        BitSet all = new BitSet();
        all.set(0, variables(group).length + 1);
        return all;
    }

    private void addRules(Fact fact, Constraint constraint, int position, Map<List<Object>, Rule> merged) {
        TreeMap<Integer, BitSet> members = new TreeMap<>();
        for (int member : constraint.members()) {
            members.computeIfAbsent(encoding.solver.groupOf(member), _ -> new BitSet())
                    .set(stateOf(member));
        }
        int consumer = constraint.consumer() < 0 ? -1 : encoding.solver.groupOf(constraint.consumer());
        if (constraint.positive()) {
            TreeMap<Integer, BitSet> terms = new TreeMap<>();
            members.forEach((group, states) -> {
                BitSet others = all(group);
                others.andNot(states);
                terms.put(group, others);
            });
            merge(Form.NEED, fact, position, consumer, constraint.consumer(), terms, merged);
        } else {
            Form form = switch (fact) {
                case Fact.Conflicts _ -> Form.OPPOSE;
                case Fact.Restricts _ -> Form.RESTRICT;
                case Fact.Asked _,
                        Fact.Wanted _,
                        Fact.Needs _,
                        Fact.Pinned _,
                        Fact.Excluded _,
                        Fact.NotAccepted _,
                        Fact.OnlyOne _ -> Form.STRIKE;
            };
            members.forEach((group, states) -> {
                TreeMap<Integer, BitSet> terms = new TreeMap<>();
                terms.put(group, states);
                merge(form, fact, position, consumer, constraint.consumer(), terms, merged);
            });
        }
    }

    private void merge(
            Form form,
            Fact fact,
            int position,
            int consumer,
            int variable,
            TreeMap<Integer, BitSet> terms,
            Map<List<Object>, Rule> merged) {
        Object kind =
                consumer >= 0 ? form : fact instanceof Fact.NotAccepted(ExactVersion _, Mark mark) ? mark : position;
        Object about = fact instanceof Fact.NotAccepted ? terms.firstKey() : new TreeMap<>(terms);
        Rule rule = merged.computeIfAbsent(
                List.of(kind, consumer, about), _ -> new Rule(form, new ArrayList<>(), consumer, new TreeMap<>(terms)));
        rule.facts.add(position);
        if (consumer >= 0) {
            BitSet own = new BitSet();
            own.set(stateOf(variable));
            BitSet known = rule.terms.get(consumer);
            if (known == null || rule.facts.size() == 1) {
                rule.terms.put(consumer, own);
            } else {
                known.or(own);
            }
        } else if (fact instanceof Fact.NotAccepted) {
            rule.terms.firstEntry().getValue().or(terms.firstEntry().getValue());
        }
    }

    /** Of each group whose versions need something, what is below it: the least of these first. */
    List<Below> below() {
        Map<Integer, List<Rule>> byConsumer = new HashMap<>();
        rules.forEach(rule -> byConsumer
                .computeIfAbsent(rule.consumer, _ -> new ArrayList<>())
                .add(rule));
        return mentioned.keySet().stream()
                .filter(group ->
                        byConsumer.getOrDefault(group, List.of()).stream().anyMatch(rule -> rule.form == Form.NEED))
                .map(group -> below(group, byConsumer))
                .sorted(Comparator.comparingInt(below -> below.rules().size()))
                .toList();
    }

    private static Below below(int group, Map<Integer, List<Rule>> byConsumer) {
        Set<Integer> groups = new TreeSet<>(Set.of(group));
        Deque<Integer> open = new ArrayDeque<>(groups);
        List<Rule> found = new ArrayList<>();
        while (!open.isEmpty()) {
            for (Rule rule : byConsumer.getOrDefault(open.remove(), List.of())) {
                found.add(rule);
                if (rule.form == Form.NEED) {
                    rule.terms.keySet().stream().filter(groups::add).forEach(open::add);
                }
            }
        }
        return new Below(group, found);
    }
}
