package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.Policy;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a need that both locks have is met by something that only the later one has. */
record Successor(LockSide before, LockSide after, Between between) {

    /**
     * For a service that the draft asks for.
     *
     * @param old what met it in the earlier lock
     */
    String of(String service, LockEntry old) {
        String range = DraftSyntax.text(after.draft().services().get(service));
        Optional<String> refused = between.needs().lacks(old, service, range)
                ? Optional.of("the draft asks for service %s %s, which %s %s does not meet"
                        .formatted(service, range, old.capability(), old.version()))
                : Optional.empty();
        return told("the draft's " + service, old, refused);
    }

    /**
     * For a requirement.
     *
     * @param consumer as the later lock has it
     * @param old what met the requirement in the earlier lock
     */
    String of(LockEntry consumer, String requirement, LockEntry old) {
        Optional<String> refused = between.needs()
                .unmet(consumer, requirement, old)
                .map(need -> "%s %s needs %s, which %s %s does not meet"
                        .formatted(consumer.capability(), consumer.version(), need, old.capability(), old.version()));
        return told("the requirement %s of %s".formatted(requirement, consumer.capability()), old, refused);
    }

    private String told(String need, LockEntry old, Optional<String> refused) {
        String code = old.capability();
        String met = "which %s %s".formatted(between.happened() ? "met" : "meets", need);
        List<String> causes = new ArrayList<>();
        refused.ifPresent(causes::add);
        Policy policy = after.draft().policy();
        between.ended(code, policy).ifPresent(stood -> causes.add("%s, %s, %s".formatted(code, met, stood)));
        between.refused(code, old.version(), policy)
                .ifPresent(stood -> causes.add("%s %s, %s, %s".formatted(code, old.version(), met, stood)));
        if (excludes(after.draft(), old) && !excludes(before.draft(), old)) {
            causes.add("the draft excludes %s %s, %s".formatted(code, old.version(), met));
        }
        if (causes.isEmpty()) {
            between.needs()
                    .obstacle(old, after)
                    .or(() -> between.told(code, old.version()))
                    .ifPresent(why -> causes.add("%s %s, %s, %s".formatted(code, old.version(), met, why)));
        }
        return causes.isEmpty()
                ? "it %s %s in the place of %s".formatted(between.happened() ? "meets" : "would meet", need, code)
                : String.join("; ", causes);
    }

    private static boolean excludes(Draft draft, LockEntry entry) {
        return draft.exclusions().stream()
                .anyMatch(each -> each.capability().equals(entry.capability())
                        && VersionRange.parse(DraftSyntax.text(each.range()))
                                .admits(SemVer.parse(entry.version()), PrereleaseRule.INCLUDE));
    }
}
