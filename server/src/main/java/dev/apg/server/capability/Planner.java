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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

    /**
     * @param outcomes in the order of the submissions
     */
    record Decision(Plan plan, List<Outcome> outcomes) {}

    Decision decide(UUID tenantId, List<Submission> submissions) {
        Registered.State state = registered.read(tenantId, submissions);
        var plan = new Plan(state);
        List<Outcome> outcomes = new ArrayList<>(submissions.size());
        for (Submission submission : submissions) {
            outcomes.add(new Judgement(state, plan, submission).decide());
        }
        warn(tenantId, submissions, plan, outcomes);
        return new Decision(plan, outcomes);
    }

    /** A range that no version is in may be a mistake, or the version comes later: said, not refused. */
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
        registered
                .numbers(tenantId, needs)
                .forEach((name, numbers) -> available.put(
                        name,
                        new ArrayList<>(numbers.stream().map(SemVer::parse).toList())));
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
        needs.forEach(need -> {
            VersionRange range = VersionRange.parse(need.range());
            if (available.getOrDefault(need.name(), List.of()).stream()
                    .noneMatch(version -> range.admits(version, PrereleaseRule.NPM))) {
                unmet.add(need);
            }
        });
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Accepted accepted) {
                submissions.get(i).mentions().needs().forEach((need, place) -> {
                    if (unmet.contains(need)) {
                        accepted.warnings().add(matchesNothing(need, place));
                    }
                });
            }
        }
    }

    private static Warning matchesNothing(Need need, Place place) {
        String kind = need.name().kind() == Kind.CAPABILITY ? "capability" : "service";
        return new Warning(
                place.source(),
                place.line(),
                place.version().capability(),
                place.version().number(),
                place.field() + ".range",
                "no version of the %s %s is in %s yet"
                        .formatted(kind, need.name().code(), need.range()),
                "range.matches_nothing");
    }
}
