package dev.apg.server.impact;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.impact.Candidate;
import dev.apg.contract.impact.ImpactAnswer.ImpactSubject;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Impact;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.capability.LifeCycle;
import dev.apg.server.capability.PublicationCheck;
import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.Supposition;
import dev.apg.server.catalog.VersionEntry;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Holds candidates against the catalogue. */
@Component
class Questions {
    private final PublicationCheck publications;

    Questions(PublicationCheck publications) {
        this.publications = publications;
    }

    /**
     * @throws Rejection 422 for what the catalogue does not have, or a document with errors; 409 for a version that was
     *     purged, a state that it cannot be put into, or a number that is taken
     */
    Question of(TenantContext context, Snapshot snapshot, Candidate candidate) {
        return switch (candidate) {
            case Candidate.CandidateDocument(var document) ->
                document(snapshot, publications.check(context, document, "document."));
            case Candidate.CandidateVersion(String code, String number) -> {
                VersionEntry version = version(capability(snapshot, code), number);
                requireContent(version, number);
                yield taking(subject(code, version, candidate), snapshot.universe(), "version", version.number());
            }
            case Candidate.CandidateState(String code, String number, var wanted) -> {
                VersionEntry version = version(capability(snapshot, code), number);
                LifeCycle.requireAllowed(version.state(), wanted.state());
                yield state(
                        new Supposition(snapshot, lower(code)),
                        version,
                        wanted.state(),
                        subject(code, version, candidate));
            }
            case Candidate.CandidateStatus(String code, Candidate.Ending ending) -> {
                String known = capability(snapshot, code).code();
                yield status(
                        new Supposition(snapshot, known),
                        ending,
                        new ImpactSubject(known, null, null, status(ending), null, null, null));
            }
        };
    }

    private static Question document(Snapshot snapshot, PublicationCheck.Publishable version) {
        SemVer number = SemVer.parse(version.key().number());
        var subject = new ImpactSubject(
                version.key().capability(),
                version.key().number(),
                null,
                null,
                version.digest(),
                version.published(),
                version.warnings());
        // The one that is published may be yanked by now, say, and is looked at as it is.
        boolean known = version.published()
                && snapshot.universe()
                        .version(new ExactVersion(version.key().capability(), number))
                        .isPresent();
        Universe universe = known
                ? snapshot.universe()
                : new Supposition(snapshot, version.key().capability()).published(number, version.structure());
        return taking(subject, universe, version.digest(), number);
    }

    private static Question taking(ImpactSubject subject, Universe universe, String identity, SemVer number) {
        return new Question.Taking(
                subject,
                Impact.ofVersion(universe, new ExactVersion(subject.capability(), number)),
                "%s %s %s".formatted(subject.capability(), number, identity),
                number);
    }

    private static Question state(
            Supposition supposed, VersionEntry version, VersionState state, ImpactSubject subject) {
        SemVer number = version.number();
        String identity = "%s %s %s".formatted(subject.capability(), number, state.wire());
        Universe without = supposed.without(number);
        return switch (state) {
            case PUBLISHED, PENDING -> taking(subject, supposed.inState(number, state), state.wire(), number);
            case DEPRECATED, YANKED ->
                new Question.Losing(
                        subject,
                        Impact.ofLoss(without, subject.capability()),
                        identity,
                        Optional.of(number),
                        supposed.snapshot().universe(),
                        supposed.inState(number, state),
                        supposed.marks(state),
                        false);
            case PURGED ->
                new Question.Losing(
                        subject,
                        Impact.ofLoss(without, subject.capability()),
                        identity,
                        Optional.of(number),
                        supposed.snapshot().universe(),
                        without,
                        Set.of(),
                        true);
        };
    }

    private static Question status(Supposition supposed, Candidate.Ending ending, ImpactSubject subject) {
        Status status = status(ending);
        return new Question.Losing(
                subject,
                Impact.ofLoss(supposed.withoutAll(), subject.capability()),
                "%s %s".formatted(subject.capability(), status),
                Optional.empty(),
                supposed.snapshot().universe(),
                supposed.inStatus(status),
                Supposition.marks(VersionState.PUBLISHED, status),
                false);
    }

    private static Status status(Candidate.Ending ending) {
        return switch (ending) {
            case DEPRECATED -> Status.DEPRECATED;
            case RETIRED -> Status.RETIRED;
        };
    }

    private static ImpactSubject subject(String code, VersionEntry version, Candidate candidate) {
        return new ImpactSubject(
                lower(code),
                version.number().toString(),
                candidate instanceof Candidate.CandidateState state
                        ? state.state().state()
                        : null,
                null,
                version.digest(),
                null,
                null);
    }

    private static CapabilityEntry capability(Snapshot snapshot, String code) {
        return snapshot.capability(lower(code))
                .orElseThrow(() -> Rejection.invalid(
                        "capability.unknown", "capability", code, snapshot.expectedCapability(lower(code))));
    }

    private static VersionEntry version(CapabilityEntry capability, String text) {
        SemVer number;
        try {
            number = SemVer.parse(text);
        } catch (VersionSyntaxException malformed) {
            throw Rejection.invalid("version.malformed", "version", text, malformed.expected());
        }
        return capability
                .version(number)
                .orElseThrow(() ->
                        Rejection.invalid("version.unknown", "version", text, capability.expectedVersion(number)));
    }

    private static void requireContent(VersionEntry version, String text) {
        if (version.state() == VersionState.PURGED) {
            String expected = "a version that was not purged";
            throw Rejection.conflict(
                    "version.purged",
                    "version: %s (expected: %s)".formatted(text, expected),
                    List.of(Rejection.at("version", text, expected, "version.purged")));
        }
    }

    private static String lower(String code) {
        return code.toLowerCase(Locale.ROOT);
    }
}
