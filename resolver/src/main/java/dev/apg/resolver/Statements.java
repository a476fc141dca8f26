package dev.apg.resolver;

import dev.apg.resolver.Deduction.Rule;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the facts behind a rule say, in words and without any conclusion. */
final class Statements {
    private final Encoding encoding;
    private final List<CoreFact> core;
    private final Deduction deduction;
    private final Wording wording;

    Statements(Encoding encoding, List<CoreFact> core, Deduction deduction, Wording wording) {
        this.encoding = encoding;
        this.core = core;
        this.deduction = deduction;
        this.wording = wording;
    }

    String of(Rule rule) {
        return of(rule, "");
    }

    /** @param references numbers of steps, to stand behind the subject */
    String of(Rule rule, String references) {
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
    String missing(Rule rule) {
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
                ? "there is no version of " + target.code()
                : "no version of " + target.code() + " is in that range (it has " + numbers.getFirst()
                        + (numbers.size() > 1 ? " to " + numbers.getLast() : "") + ")";
    }

    /** Who provides the services that a rule names, since the names do not tell. */
    String whoIsMeant(Rule rule) {
        CoreFact fact = core.get(rule.facts().getFirst());
        boolean service = switch (fact.fact()) {
            case Fact.Asked(Root root) -> isService(root.target());
            case Fact.Needs(ExactVersion _, Requirement requirement) ->
                requirement.anyOf().stream().anyMatch(Statements::isService);
            case Fact.Restricts(ExactVersion _, Requirement requirement) ->
                requirement.anyOf().stream().anyMatch(Statements::isService);
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
    boolean includesItsOwn(Rule rule) {
        for (int member : core.get(rule.facts().getFirst()).constraint().members()) {
            if (encoding.solver.groupOf(member) == rule.consumer()) {
                return true;
            }
        }
        return false;
    }
}
