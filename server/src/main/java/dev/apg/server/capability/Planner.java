package dev.apg.server.capability;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.Warning;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import dev.apg.server.capability.Mentions.Name;
import dev.apg.server.capability.Mentions.Need;
import dev.apg.server.capability.Mentions.Place;
import dev.apg.server.capability.VersionStructure.Kind;
import dev.apg.server.tenancy.PermissionDeniedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Decides which submissions are accepted and what is then to be written. Several submissions are judged in their order,
 * each as if those before it were already committed; inside one, everything may name everything.
 */
@Component
class Planner {
    private final Registered registered;

    Planner(Registered registered) {
        this.registered = registered;
    }

    /** What became of one submission. */
    sealed interface Outcome {}

    /**
     * It is part of the plan.
     *
     * @param created versions that are new; the others of the submission were there already
     */
    record Accepted(Set<VersionKey> created, Bounded<Warning> warnings) implements Outcome {}

    record Refused(Bounded<FieldError> errors) implements Outcome {}

    /** It changes what is somebody else's. */
    record Denied(PermissionDeniedException denial) implements Outcome {}

    /**
     * @param outcomes in the order of the submissions
     */
    record Decision(Plan plan, List<Outcome> outcomes) {}

    Decision decide(UUID tenantId, List<Submission> submissions, Registered.Guarding guarding) {
        Registered.State state = registered.read(tenantId, submissions, guarding);
        var plan = new Plan(state);
        List<Outcome> outcomes = new ArrayList<>(submissions.size());
        for (Submission submission : submissions) {
            outcomes.add(new Judgement(state, plan, submission).decide());
        }
        warn(tenantId, submissions, plan, outcomes);
        return new Decision(plan, outcomes);
    }

    /**
     * A range that no version is in may be a mistake, or the version comes later; one that only yanked versions are in may
     * be meant: said, not refused.
     */
    private void warn(UUID tenantId, List<Submission> submissions, Plan plan, List<Outcome> outcomes) {
        Set<Need> needs = new HashSet<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Accepted) {
                needs.addAll(submissions.get(i).mentions().needs().keySet());
            }
        }
        if (needs.isEmpty()) {
            return;
        }
        Map<Name, List<SemVer>> available = new HashMap<>();
        Map<Name, Set<SemVer>> yanked = new HashMap<>();
        registered.numbers(tenantId, needs).forEach((name, numbers) -> {
            available.put(
                    name,
                    new ArrayList<>(numbers.all().stream().map(SemVer::parse).toList()));
            yanked.put(name, numbers.yanked().stream().map(SemVer::parse).collect(Collectors.toSet()));
        });
        Set<Name> wanted = new HashSet<>();
        needs.forEach(need -> wanted.add(need.name()));
        plan.versions.forEach(version -> {
            var name = new Name(Kind.CAPABILITY, version.key().capability());
            if (wanted.contains(name)) {
                available
                        .computeIfAbsent(name, key -> new ArrayList<>())
                        .add(SemVer.parse(version.key().number()));
            }
        });
        plan.serviceNumbers.forEach((service, numbers) -> {
            var name = new Name(Kind.SERVICE, service);
            if (wanted.contains(name)) {
                List<SemVer> known = available.computeIfAbsent(name, key -> new ArrayList<>());
                numbers.forEach(number -> known.add(SemVer.parse(number)));
            }
        });
        Set<Need> unmet = new HashSet<>();
        Set<Need> onlyYanked = new HashSet<>();
        needs.forEach(need -> {
            VersionRange range = VersionRange.parse(need.range());
            List<SemVer> within = available.getOrDefault(need.name(), List.of()).stream()
                    .filter(version -> range.admits(version, PrereleaseRule.NPM))
                    .toList();
            if (within.isEmpty()) {
                unmet.add(need);
            } else if (yanked.getOrDefault(need.name(), Set.of()).containsAll(within)) {
                onlyYanked.add(need);
            }
        });
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Accepted accepted) {
                submissions.get(i).mentions().needs().forEach((need, place) -> {
                    if (unmet.contains(need)) {
                        accepted.warnings().add(matchesNothing(need, place));
                    } else if (onlyYanked.contains(need)) {
                        accepted.warnings().add(onlyYanked(need, place));
                    }
                });
            }
        }
    }

    private static Warning matchesNothing(Need need, Place place) {
        String kind = need.name().kind() == Kind.CAPABILITY ? "capability" : "service";
        return warning(
                place,
                "no version of the %s %s is in %s yet"
                        .formatted(kind, need.name().code(), need.range()),
                "range.matches_nothing");
    }

    private static Warning onlyYanked(Need need, Place place) {
        return warning(
                place,
                "every version of the capability %s in %s is yanked: it is taken only where a policy accepts that"
                        .formatted(need.name().code(), need.range()),
                "range.only_yanked");
    }

    private static Warning warning(Place place, String message, String code) {
        return new Warning(
                place.source(),
                place.line(),
                place.version().capability(),
                place.version().number(),
                place.field() + ".range",
                message,
                code);
    }
}
