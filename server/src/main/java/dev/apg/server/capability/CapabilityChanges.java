package dev.apg.server.capability;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.About;
import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.capability.Warning;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.capability.Plan.NewVersion;
import dev.apg.server.capability.Submission.Candidate;
import dev.apg.server.capability.Submission.Describing;
import dev.apg.server.grant.Grant;
import dev.apg.server.grant.Guard;
import dev.apg.server.platform.Ids;
import dev.apg.server.web.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a submission makes of the capabilities themselves: new ones, other describing fields, another status. */
final class CapabilityChanges {
    private final Plan plan;
    private final Submission submission;
    private final List<NewVersion> added;
    private final Bounded<FieldError> errors;
    private final List<Warning> keptOwners = new ArrayList<>();

    CapabilityChanges(Plan plan, Submission submission, List<NewVersion> added, Bounded<FieldError> errors) {
        this.plan = plan;
        this.submission = submission;
        this.added = added;
        this.errors = errors;
    }

    /** Those that are new or change, as they will be, in the order of their codes. */
    Map<String, PublishedCapability> decide() {
        Map<String, Candidate> speakers = speakers();
        Map<String, Status> published = published();
        Map<String, NewVersion> firsts = firsts();
        var codes = new TreeSet<String>(speakers.keySet());
        codes.addAll(submission.capabilities().keySet());
        codes.addAll(firsts.keySet());
        Map<String, PublishedCapability> after = new LinkedHashMap<>();
        for (String code : codes) {
            @Nullable PublishedCapability before = plan.capability(code);
            PublishedCapability now = before == null ? fresh(code) : before;
            Optional<String> owner = before == null
                    ? submission.owner().map(Grant::name)
                    : Optional.of(plan.guard(code))
                            .filter(guard -> !guard.isOpen())
                            .map(Guard::ownerNames);
            @Nullable Candidate speaker = speakers.get(code);
            if (speaker != null && speaker.about() != null) {
                now = now.with(keeping(owner, speaker.about(), code, speaker.source(), speaker.line()));
            }
            @Nullable Describing describing = submission.capabilities().get(code);
            if (describing != null && describing.about() != null) {
                now = now.with(keeping(owner, describing.about(), code, describing.source(), describing.line()));
            }
            if (before == null && owner.isPresent()) {
                now = now.with(new About(null, null, null, null, owner.get(), null, null));
            }
            now = now.with(status(code, before, now.status(), describing, published, firsts.get(code)));
            if (!now.equals(before)) {
                after.put(code, now);
            }
        }
        return after;
    }

    /** What somebody owns says so: a document does not give it to somebody else. */
    private About keeping(
            Optional<String> owner, About about, String code, @Nullable String source, @Nullable Integer line) {
        if (owner.isEmpty() || about.owner() == null || about.owner().equals(owner.get())) {
            return about;
        }
        keptOwners.add(new Warning(
                source,
                line,
                code,
                null,
                "about.owner",
                "%s belongs to %s, so that the owner that the document names, %s, was left out: transfer it instead"
                        .formatted(code, owner.get(), about.owner()),
                "capability.owned"));
        return new About(
                about.displayName(),
                about.description(),
                about.category(),
                about.subcategory(),
                null,
                about.tags(),
                about.keywords());
    }

    /** What documents said of owners in vain. */
    List<Warning> keptOwners() {
        return keptOwners;
    }

    /** By capability the version whose word counts for the describing fields: the highest that says something. */
    private Map<String, Candidate> speakers() {
        Map<String, Candidate> speakers = new HashMap<>();
        for (Candidate candidate : submission.versions().values()) {
            if (candidate.about() != null) {
                speakers.merge(candidate.key().capability(), candidate, CapabilityChanges::higher);
            }
        }
        return speakers;
    }

    private static Candidate higher(Candidate left, Candidate right) {
        return SemVer.parse(left.key().number())
                                .compareTo(SemVer.parse(right.key().number()))
                        >= 0
                ? left
                : right;
    }

    /** By capability what its new versions make of a status; absent if it has no new version that can be used. */
    private Map<String, Status> published() {
        Map<String, Status> statuses = new HashMap<>();
        for (NewVersion version : added) {
            if (version.state() == VersionState.PUBLISHED || version.state() == VersionState.DEPRECATED) {
                String code = version.key().capability();
                @Nullable PublishedCapability before = plan.capability(code);
                Status from = statuses.getOrDefault(code, before == null ? Status.REGISTERED : before.status());
                boolean prerelease = SemVer.parse(version.key().number()).isPrerelease();
                statuses.put(code, LifeCycle.afterPublishing(from, prerelease));
            }
        }
        return statuses;
    }

    /** By capability its first new version, in whatever state; one that has a document, if there is one. */
    private Map<String, NewVersion> firsts() {
        Map<String, NewVersion> firsts = new HashMap<>();
        for (NewVersion version : added) {
            firsts.merge(
                    version.key().capability(),
                    version,
                    (earlier, later) -> earlier.candidate() == null ? later : earlier);
        }
        return firsts;
    }

    private Status status(
            String code,
            @Nullable PublishedCapability before,
            Status now,
            @Nullable Describing describing,
            Map<String, Status> published,
            @Nullable NewVersion first) {
        if (describing != null && describing.status() != null) {
            Status wanted = describing.status();
            // What the batch publishes may have moved the status on before the batch sets it.
            Status moved = published.getOrDefault(code, now);
            if (before != null && !leadsTo(before.status(), wanted) && !leadsTo(moved, wanted)) {
                error(
                        describing.source(),
                        describing.line(),
                        "status",
                        wanted.wire(),
                        allowed(before.status()),
                        "capability.transition");
            }
            if (before == null && LifeCycle.needsVersion(wanted) && first == null) {
                error(
                        describing.source(),
                        describing.line(),
                        "status",
                        wanted.wire(),
                        "a capability with a version",
                        "capability.no_version");
            }
            return wanted;
        }
        if (before != null && before.status() == Status.RETIRED && published.containsKey(code)) {
            // Only a version with a document can be one that is published.
            Candidate candidate =
                    Objects.requireNonNull(Objects.requireNonNull(first).candidate());
            error(
                    candidate.source(),
                    candidate.line(),
                    "capability",
                    code,
                    "a capability that is not retired: put it back to deprecated or active first",
                    "capability.retired");
        }
        return published.getOrDefault(code, now);
    }

    private static boolean leadsTo(Status from, Status to) {
        return from == to || LifeCycle.following(from).contains(to);
    }

    static String allowed(Status status) {
        return "%s, as the capability is %s"
                .formatted(
                        LifeCycle.following(status).stream().map(Status::wire).collect(Collectors.joining(" or ")),
                        status.wire());
    }

    private void error(
            @Nullable String source, @Nullable Integer line, String field, String value, String expected, String code) {
        FieldError error = Rejection.at(field, value, expected, code);
        errors.add(new FieldError(source, line, error.field(), error.value(), error.expected(), error.code()));
    }

    /** The code, or what it has behind the publisher where it is longer than a display name may be. */
    private static String displayName(String code) {
        return code.length() <= About.MAX_DISPLAY_NAME ? code : code.substring(code.indexOf('/') + 1);
    }

    static PublishedCapability fresh(String code) {
        Instant now = Instant.now();
        return new PublishedCapability(
                Ids.next(),
                code,
                displayName(code),
                "",
                "",
                "",
                "",
                List.of(),
                List.of(),
                Status.REGISTERED,
                1,
                now,
                now,
                List.of());
    }
}
