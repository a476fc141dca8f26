package dev.apg.resolver;

import dev.apg.resolver.CoreRules.Rule;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the facts behind a rule say, in words and without any conclusion. */
final class Statements {
    /** How a pre-release gets in. */
    static final String LET_IN = "which only a range that names one or the policy lets in";

    private final Encoding encoding;
    private final List<CoreFact> core;
    private final CoreRules coreRules;
    private final Wording wording;

    Statements(Encoding encoding, List<CoreFact> core, CoreRules coreRules, Wording wording) {
        this.encoding = encoding;
        this.core = core;
        this.coreRules = coreRules;
        this.wording = wording;
    }

    /** @param references numbers of steps, to stand behind the subject */
    private String of(Rule rule, String references) {
        Fact first = core.get(rule.facts().getFirst()).fact();
        return switch (first) {
            case Fact.Asked(Root root) -> "You ask for " + Phrases.target(root.target());
            case Fact.Wanted(ExactVersion version) -> "The question is about " + version;
            case Fact.Pinned(String code, SemVer number) -> "You pin " + code + " to " + number;
            case Fact.Excluded(Target exclusion) -> "You exclude " + Phrases.target(exclusion);
            case Fact.NotAccepted(ExactVersion _, Mark mark) -> {
                Wording.Subject subject = wording.subjectOf(
                        rule.terms().firstKey(), rule.terms().firstEntry().getValue(), coreRules);
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
            versions.set(coreRules.stateOf(fact.constraint().consumer()));
        }
        List<String> parts = new ArrayList<>();
        byTarget.forEach((object, versions) -> {
            Wording.Subject subject = wording.subjectOf(rule.consumer(), versions, coreRules);
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

    /**
     * What several rules say, and who is meant by the services that they name, since the names do not tell.
     *
     * @param references as in {@link #of(Rule, String)}
     */
    String of(List<Rule> rules, String references) {
        List<String> meant = rules.stream().map(this::whoIsMeant).toList();
        List<String> said = rules.stream().map(rule -> of(rule, references)).toList();
        if (meant.stream().distinct().count() > 1) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < said.size(); i++) {
                parts.add(said.get(i) + inBrackets(meant.get(i)));
            }
            return Phrases.join(parts, "and");
        }
        long clauses = rules.stream().flatMap(this::objects).distinct().count();
        boolean ofAll = clauses > 1 && rules.getFirst().form() == CoreRules.Form.NEED;
        String who = meant.getFirst();
        return Phrases.join(said, "and") + inBrackets(ofAll && !who.isEmpty() ? "for each of these " + who : who);
    }

    private static String inBrackets(String text) {
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    private Stream<String> objects(Rule rule) {
        return rule.facts().stream().map(position -> object(core.get(position).fact()));
    }

    /** Targets of these rules that nothing meets at all. */
    String missing(List<Rule> rules) {
        Map<Missing, List<String>> missing = new LinkedHashMap<>();
        rules.stream()
                .flatMap(rule -> rule.facts().stream())
                .flatMap(position -> targets(core.get(position).fact()).stream())
                .distinct()
                .filter(target -> !encoding.exists(target, encoding.rule()))
                .forEach(target -> missing.computeIfAbsent(
                                new Missing(
                                        target.kind(), target.code(), encoding.exists(target, PrereleaseRule.INCLUDE)),
                                _ -> new ArrayList<>())
                        .add(target.range().text()));
        boolean one = missing.values().stream().mapToInt(List::size).sum() == 1;
        return Phrases.join(
                missing.entrySet().stream()
                        .map(each -> why(each.getKey(), one ? "that range" : Phrases.join(each.getValue(), "or")))
                        .toList(),
                "and");
    }

    /** @param prereleases whether pre-releases would meet it */
    private record Missing(Target.Kind kind, String code, boolean prereleases) {}

    private static List<Target> targets(Fact fact) {
        return switch (fact) {
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
    }

    private String why(Missing missing, String range) {
        String code = missing.code();
        return switch (missing.kind()) {
            case SERVICE ->
                missing.prereleases()
                        ? "only pre-releases provide " + code + " in " + range + ", which are not taken"
                        : encoding.isProvided(code)
                                ? "nothing provides " + code + " in " + range
                                : "nothing provides the service " + code;
            case CAPABILITY -> {
                List<SemVer> numbers = encoding.numbers(code);
                yield missing.prereleases()
                        ? "only pre-releases of " + code + " are in " + range + ", which are not taken"
                        : numbers.isEmpty()
                                ? "there is no version of " + code
                                : "no version of " + code + " is in " + range + " (it has " + numbers.getFirst()
                                        + (numbers.size() > 1 ? " to " + numbers.getLast() : "") + ")";
            }
        };
    }

    /** Whether versions look as if they met these needs, and do not, because they are pre-releases. */
    boolean areHidden(List<Rule> needs, int group, BitSet states) {
        return wording.ordinals(group, states, coreRules).stream()
                .allMatch(ordinal -> isHidden(needs, encoding.blockOfGroup(group), ordinal));
    }

    /** Says so of the version to which the request pins a capability; empty if it is none of these. */
    String hiddenPin(List<Rule> needs, int group) {
        VersionBlock block = encoding.blockOfGroup(group);
        String code = encoding.codeOfGroup(group);
        SemVer pin = encoding.request().pins().get(code);
        int ordinal = pin == null ? -1 : block.ordinalOf(pin);
        return ordinal >= 0 && isHidden(needs, block, ordinal)
                ? " and " + code + " " + pin + " is a pre-release, " + LET_IN
                : "";
    }

    private boolean isHidden(List<Rule> needs, VersionBlock block, int ordinal) {
        return needs.stream()
                .flatMap(rule -> rule.facts().stream())
                .flatMap(position -> targets(core.get(position).fact()).stream())
                .anyMatch(target -> !encoding.matching().meets(block, ordinal, target, encoding.rule())
                        && encoding.matching().meets(block, ordinal, target, PrereleaseRule.INCLUDE));
    }

    private String whoIsMeant(Rule rule) {
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
            members.computeIfAbsent(group, _ -> new BitSet()).set(coreRules.stateOf(member));
        }
        if (!service || members.isEmpty()) {
            return "";
        }
        List<String> names = new ArrayList<>();
        members.forEach((group, states) -> names.add(wording.named(group, states, coreRules, "and")));
        return switch (rule.form()) {
            case NEED -> "only " + Phrases.join(names, "and") + " would do";
            case OPPOSE, RESTRICT, STRIKE -> "as " + Phrases.join(names, "and") + " would bring";
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
