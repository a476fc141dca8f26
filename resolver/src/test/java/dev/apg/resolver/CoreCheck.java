package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;

/** Judges a core by trying every set of versions, with no other rule than the facts of the core. */
final class CoreCheck {
    private static final int MOST_VERSIONS = 14;

    private final HardRules rules;
    private final List<CapabilityVersion> relevant = new ArrayList<>();

    CoreCheck(RandomCase given, List<Fact> core) {
        this.rules = new HardRules(given.request());
        for (CapabilityVersion version : given.versions()) {
            if (core.stream().anyMatch(fact -> concerns(fact, version))) {
                relevant.add(version);
            }
        }
    }

    boolean isSmallEnough() {
        return relevant.size() <= MOST_VERSIONS;
    }

    /** Versions that no fact asks for and no fact is about can be left out without loss. */
    private boolean concerns(Fact fact, CapabilityVersion version) {
        return switch (fact) {
            case Fact.Asked(Root root) -> rules.meets(version, root.target());
            case Fact.Wanted(ExactVersion exact) -> exact.equals(version.exact());
            case Fact.Needs(ExactVersion consumer, Requirement requirement) ->
                consumer.equals(version.exact())
                        || requirement.anyOf().stream().anyMatch(target -> rules.meets(version, target));
            case Fact.Restricts(ExactVersion consumer, Requirement _) -> consumer.equals(version.exact());
            case Fact.Conflicts(ExactVersion consumer, Target _) -> consumer.equals(version.exact());
            case Fact.Pinned _, Fact.Excluded _, Fact.NotAccepted _, Fact.OnlyOne _ -> false;
        };
    }

    boolean isContradictory(List<Fact> facts) {
        for (int set = 0; set < 1 << relevant.size(); set++) {
            List<CapabilityVersion> chosen = new ArrayList<>();
            for (int i = 0; i < relevant.size(); i++) {
                if ((set & 1 << i) != 0) {
                    chosen.add(relevant.get(i));
                }
            }
            if (facts.stream().allMatch(fact -> holds(fact, chosen))) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(Fact fact, List<CapabilityVersion> chosen) {
        return switch (fact) {
            case Fact.Asked(Root root) -> chosen.stream().anyMatch(each -> rules.meets(each, root.target()));
            case Fact.Wanted(ExactVersion version) ->
                chosen.stream().anyMatch(each -> each.exact().equals(version));
            case Fact.Needs(ExactVersion consumer, Requirement requirement) ->
                isAbsent(consumer, chosen)
                        || chosen.stream()
                                .anyMatch(each ->
                                        requirement.anyOf().stream().anyMatch(target -> rules.meets(each, target)));
            case Fact.Restricts(ExactVersion consumer, Requirement requirement) ->
                isAbsent(consumer, chosen)
                        || chosen.stream()
                                .filter(each -> !each.code().equals(consumer.code()))
                                .filter(each -> HardRules.isAbout(
                                        each, requirement.anyOf().getFirst()))
                                .allMatch(each ->
                                        rules.fits(each, requirement.anyOf().getFirst()));
            case Fact.Conflicts(ExactVersion consumer, Target target) ->
                isAbsent(consumer, chosen)
                        || chosen.stream()
                                .filter(each -> !each.code().equals(consumer.code()))
                                .noneMatch(each -> rules.meets(each, target, PrereleaseRule.INCLUDE));
            case Fact.Pinned(String code, SemVer number) ->
                chosen.stream()
                        .allMatch(each ->
                                !each.code().equals(code) || each.number().equals(number));
            case Fact.Excluded(Target target) ->
                chosen.stream().noneMatch(each -> rules.meets(each, target, PrereleaseRule.INCLUDE));
            case Fact.NotAccepted(ExactVersion version, Mark _) -> isAbsent(version, chosen);
            case Fact.OnlyOne(String code) ->
                chosen.stream().filter(each -> each.code().equals(code)).count() <= 1;
        };
    }

    private static boolean isAbsent(ExactVersion version, List<CapabilityVersion> chosen) {
        return chosen.stream().noneMatch(each -> each.exact().equals(version));
    }

    static List<Fact> without(List<Fact> facts, Fact one) {
        return facts.stream().filter(each -> !each.equals(one)).toList();
    }
}
