package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules that every answer keeps, read off {@code docs/resolver.md} literally, for versions by code. */
final class HardRules {
    private final Request request;
    private final PrereleaseRule rule;

    HardRules(Request request) {
        this.request = request;
        this.rule = request.policy().prereleases() ? PrereleaseRule.INCLUDE : PrereleaseRule.NPM;
    }

    boolean isAllowed(CapabilityVersion version) {
        SemVer pin = request.pins().get(version.code());
        return (pin == null || pin.equals(version.number()))
                && request.policy().accepted().containsAll(version.marks())
                && request.exclusions().stream().noneMatch(each -> meets(version, each, PrereleaseRule.INCLUDE));
    }

    boolean isValid(Map<String, CapabilityVersion> chosen) {
        return request.roots().stream()
                        .allMatch(root -> chosen.values().stream().anyMatch(each -> meets(each, root.target(), rule)))
                && chosen.values().stream().allMatch(version -> isContent(version, chosen));
    }

    private boolean isContent(CapabilityVersion version, Map<String, CapabilityVersion> chosen) {
        for (Target conflict : version.conflicts()) {
            if (chosen.values().stream()
                    .anyMatch(each -> each != version && meets(each, conflict, PrereleaseRule.INCLUDE))) {
                return false;
            }
        }
        return version.requirements().stream().allMatch(requirement -> isContent(version, requirement, chosen));
    }

    private boolean isContent(
            CapabilityVersion version, Requirement requirement, Map<String, CapabilityVersion> chosen) {
        return switch (requirement.strength()) {
            case REQUIRED ->
                requirement.anyOf().stream()
                        .anyMatch(target -> meetsItself(version, target)
                                || chosen.values().stream().anyMatch(each -> meets(each, target, rule)));
            case OPTIONAL -> {
                Target target = requirement.anyOf().getFirst();
                yield chosen.values().stream()
                        .filter(each -> each != version && isAbout(each, target))
                        .allMatch(each -> fits(each, target));
            }
            case RECOMMENDED, ENHANCING -> true;
        };
    }

    static boolean isAbout(CapabilityVersion version, Target target) {
        return target.kind() == Target.Kind.CAPABILITY
                ? version.code().equals(target.code())
                : version.provides().stream().anyMatch(each -> each.service().equals(target.code()));
    }

    boolean fits(CapabilityVersion version, Target target) {
        return fits(version, target, rule);
    }

    private static boolean fits(CapabilityVersion version, Target target, PrereleaseRule rule) {
        return target.kind() == Target.Kind.CAPABILITY
                ? version.code().equals(target.code()) && target.range().admits(version.number(), rule)
                : version.provides().stream()
                        .anyMatch(each -> each.service().equals(target.code())
                                && target.range().admits(each.version(), rule));
    }

    boolean meetsItself(CapabilityVersion version, Target target) {
        return fits(version, target);
    }

    boolean meets(CapabilityVersion version, Target target, PrereleaseRule rule) {
        boolean hidden = target.kind() == Target.Kind.SERVICE
                && rule == PrereleaseRule.NPM
                && version.number().isPrerelease();
        return !hidden && fits(version, target, rule);
    }

    /** Whether everything chosen is reached from a root by way of what is required or recommended. */
    boolean isFounded(Map<String, CapabilityVersion> chosen) {
        return founded(chosen).size() == chosen.size();
    }

    /** What is reached from a root by way of what is required or recommended. */
    List<CapabilityVersion> founded(Map<String, CapabilityVersion> chosen) {
        List<Target> open =
                new ArrayList<>(request.roots().stream().map(Root::target).toList());
        List<CapabilityVersion> reached = new ArrayList<>();
        while (!open.isEmpty()) {
            Target target = open.removeLast();
            for (CapabilityVersion each : chosen.values()) {
                if (!reached.contains(each) && meets(each, target, rule)) {
                    reached.add(each);
                    each.requirements().stream()
                            .filter(need ->
                                    need.strength() == Strength.REQUIRED || need.strength() == Strength.RECOMMENDED)
                            .filter(need -> need.anyOf().stream().noneMatch(own -> meetsItself(each, own)))
                            .forEach(need -> open.addAll(need.anyOf()));
                }
            }
        }
        return reached;
    }

    boolean meets(CapabilityVersion version, Target target) {
        return meets(version, target, rule);
    }
}
