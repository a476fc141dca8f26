package dev.apg.server.capability;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.capability.Warning;
import dev.apg.contract.team.Level;
import dev.apg.server.capability.Mentions.Name;
import dev.apg.server.capability.Mentions.Place;
import dev.apg.server.capability.Plan.NewState;
import dev.apg.server.capability.Plan.NewVersion;
import dev.apg.server.capability.Submission.Candidate;
import dev.apg.server.capability.Submission.Standing;
import dev.apg.server.capability.VersionRepository.Known;
import dev.apg.server.capability.VersionStructure.Kind;
import dev.apg.server.grant.Access;
import dev.apg.server.grant.Guard;
import dev.apg.server.grant.Subject;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.web.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges one submission against what is registered and what earlier submissions of the transaction will add. */
final class Judgement {
    /** Most errors of one answer; their number is told in any case. */
    static final int MOST_ERRORS = 1_000;

    static final String UNKNOWN_CAPABILITY = "capability.unknown";
    static final String UNKNOWN_SERVICE = "service.unknown";

    private final Registered.State state;
    private final Plan plan;
    private final Submission submission;
    private final Bounded<FieldError> errors = new Bounded<>(MOST_ERRORS);
    private final List<NewVersion> added = new ArrayList<>();
    private final List<NewState> states = new ArrayList<>();
    private final Set<String> changedStates = new HashSet<>();
    private final List<Plan.Recorded> stateChanges = new ArrayList<>();

    Judgement(Registered.State state, Plan plan, Submission submission) {
        this.state = state;
        this.plan = plan;
        this.submission = submission;
    }

    /** Adds the submission to the plan if nothing is wrong with it. */
    Planner.Outcome decide() {
        submission.versions().values().forEach(this::version);
        submission.standings().values().forEach(this::standing);
        submission.mentions().open().forEach(this::exists);
        var changes = new CapabilityChanges(plan, submission, added, errors);
        Map<String, PublishedCapability> after = changes.decide();
        Optional<PermissionDeniedException> denial = denial(after);
        if (denial.isPresent()) {
            return new Planner.Denied(denial.get());
        }
        if (!errors.isEmpty()) {
            return new Planner.Refused(errors);
        }
        commit(after);
        var warnings = new Bounded<Warning>(Submission.MOST_WARNINGS);
        warnings.addAll(submission.warnings());
        changes.keptOwners().forEach(warnings::add);
        return new Planner.Accepted(
                added.stream().map(NewVersion::key).collect(Collectors.toCollection(LinkedHashSet::new)), warnings);
    }

    /** What changes a capability needs to be allowed on it; what was there already needs nothing. */
    private Optional<PermissionDeniedException> denial(Map<String, PublishedCapability> after) {
        List<String> changed = Stream.of(
                        added.stream().map(version -> version.key().capability()),
                        changedStates.stream(),
                        after.keySet().stream())
                .flatMap(codes -> codes)
                .sorted()
                .distinct()
                .toList();
        List<String> declared = submission.services().keySet().stream()
                .filter(code -> !plan.serviceIds.containsKey(code)
                        && !submission.mentions().provided().containsKey(code))
                .sorted()
                .toList();
        Optional<PermissionDeniedException> beyond =
                Access.beyondReach(submission.by(), Permission.CAPABILITY_PUBLISH, changed, declared);
        if (beyond.isPresent()) {
            return beyond;
        }
        Map<Subject, Guard> guards = new LinkedHashMap<>();
        changed.stream()
                .filter(code -> !plan.guard(code).isOpen())
                .forEach(code -> guards.put(
                        new Subject(Subject.Kind.CAPABILITY, Plan.id(plan.capabilityIds, code), code),
                        plan.guard(code)));
        return Access.denial(submission.by(), Permission.CAPABILITY_PUBLISH, guards, Level.EDIT);
    }

    private void version(Candidate candidate) {
        VersionKey key = candidate.key();
        @Nullable String digest = plan.digest(key);
        if (digest == null) {
            @Nullable Standing standing = submission.standings().get(key);
            if (standing != null && standing.state() == VersionState.PURGED) {
                error(
                        standing.source(),
                        standing.line(),
                        "state",
                        key,
                        "no document beside a purged version",
                        "state.purged");
                return;
            }
            added.add(new NewVersion(
                    key,
                    candidate.digest(),
                    candidate,
                    standing == null ? VersionState.PUBLISHED : standing.state(),
                    standing == null ? null : standing.reason(),
                    submission.by()));
            return;
        }
        @Nullable Known known = state.versions().get(key);
        if (known != null && known.state() == VersionState.PURGED) {
            error(
                    candidate.source(),
                    candidate.line(),
                    "version",
                    key,
                    "another version number: this one was purged and is never used again",
                    "version.purged");
        } else if (!digest.equals(candidate.digest())) {
            error(
                    candidate.source(),
                    candidate.line(),
                    "version",
                    key,
                    "another version number: this one was published with other content, %s; here it is %s"
                            .formatted(digest, candidate.digest()),
                    "version.digest_differs");
        }
    }

    private void standing(Standing standing) {
        if (submission.versions().containsKey(standing.key()) && plan.digest(standing.key()) == null) {
            return;
        }
        @Nullable Known known = state.versions().get(standing.key());
        if (standing.state() == VersionState.PURGED) {
            tombstone(standing, known);
        } else if (known == null) {
            error(
                    standing.source(),
                    standing.line(),
                    "version",
                    standing.key(),
                    "a version that exists or is in the batch",
                    "version.not_found");
        } else if (known.state() != standing.state() || !Objects.equals(known.reason(), standing.reason())) {
            if (known.state() != standing.state()
                    && !LifeCycle.following(known.state()).contains(standing.state())) {
                error(
                        standing.source(),
                        standing.line(),
                        "state",
                        standing.state().wire(),
                        LifeCycle.expected(known.state()),
                        "version.transition");
                return;
            }
            changedStates.add(standing.key().capability());
            states.add(new NewState(known, standing.state(), standing.reason()));
            stateChanges.add(new Plan.Recorded(
                    submission.by(),
                    Mutations.stateChanged(known, standing.key(), standing.state(), standing.reason())));
        }
    }

    /** A tombstone comes from another registry; a version that is here is purged by name only, not by an import. */
    private void tombstone(Standing standing, @Nullable Known known) {
        if (standing.digest() == null) {
            error(standing.source(), standing.line(), "digest", null, "the digest of the purged version", "missing");
        } else if (known == null) {
            added.add(new NewVersion(
                    standing.key(), standing.digest(), null, VersionState.PURGED, standing.reason(), submission.by()));
        } else if (known.state() != VersionState.PURGED || !known.digest().equals(standing.digest())) {
            error(
                    standing.source(),
                    standing.line(),
                    "state",
                    standing.key(),
                    "a version that is not here: purge one that is by its own request",
                    "state.purged");
        }
    }

    private void exists(Name name, List<Place> places) {
        boolean there = switch (name.kind()) {
            case CAPABILITY -> plan.capabilityIds.containsKey(name.code());
            case SERVICE -> plan.serviceIds.containsKey(name.code());
        };
        if (there) {
            return;
        }
        String kind = name.kind() == Kind.CAPABILITY ? "capability" : "service";
        for (Place place : places) {
            error(
                    place.source(),
                    place.line(),
                    place.field() + "." + kind,
                    name.code(),
                    expected(name.kind()),
                    unknown(name.kind()));
        }
    }

    static String unknown(Kind kind) {
        return kind == Kind.CAPABILITY ? UNKNOWN_CAPABILITY : UNKNOWN_SERVICE;
    }

    static String expected(Kind kind) {
        return switch (kind) {
            case CAPABILITY -> "a capability that exists or is in the same batch";
            case SERVICE -> "a service that is declared, or that some version provides";
        };
    }

    private void error(
            @Nullable String source,
            @Nullable Integer line,
            String field,
            @Nullable Object value,
            String expected,
            String code) {
        FieldError error = Rejection.at(field, value, expected, code);
        errors.add(new FieldError(source, line, error.field(), error.value(), error.expected(), error.code()));
    }

    private void commit(Map<String, PublishedCapability> after) {
        newServices();
        after.forEach((code, capability) -> {
            boolean isNew = plan.capability(code) == null;
            plan.put(submission.by(), capability);
            submission
                    .owner()
                    .filter(owner -> isNew)
                    .ifPresent(owner -> plan.owners.put(code, new Plan.Owner(submission.by(), owner)));
        });
        for (NewVersion version : added) {
            plan.add(version);
        }
        plan.states.addAll(states);
        plan.mutations.addAll(stateChanges);
        if (!added.isEmpty()) {
            plan.links.addAll(submission.mentions().links());
            submission.mentions().provided().forEach(plan::provide);
        }
    }

    private void newServices() {
        Map<String, String> missing = new HashMap<>();
        submission.mentions().provided().keySet().forEach(code -> missing.put(code, ""));
        missing.putAll(submission.services());
        missing.forEach((code, description) -> {
            if (!plan.serviceIds.containsKey(code)) {
                plan.add(submission.by(), new ReferenceRepository.ServiceRow(Ids.next(), code, description));
            }
        });
    }
}
