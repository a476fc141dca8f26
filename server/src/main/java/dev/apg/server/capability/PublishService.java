package dev.apg.server.capability;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.Publication;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.server.capability.Planner.Accepted;
import dev.apg.server.capability.Planner.Denied;
import dev.apg.server.capability.Planner.Outcome;
import dev.apg.server.capability.Planner.Refused;
import dev.apg.server.capability.PublishPlaces.Place;
import dev.apg.server.capability.Submission.Content;
import dev.apg.server.capability.document.CheckedVersion;
import dev.apg.server.capability.document.Findings;
import dev.apg.server.capability.document.RecordReader;
import dev.apg.server.capability.document.VersionChecks;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.SourceDocument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** Publishes one version; docs/publishing.md gives the order of the checks and its reason. */
@Service
class PublishService {
    /** Refusals by what is registered already; every other one is by the document. */
    private static final Set<String> CONFLICTS =
            Set.of("version.digest_differs", "version.purged", "capability.retired");

    /** Bytes up to which a document is checked at once, in less time than another thread is worth. */
    private static final int SMALL = 64 * 1024;

    private final PublishPlaces places;
    private final HeavyWork heavyWork;
    private final VersionChecks checks;
    private final UnknownReferences unknown;
    private final NameGuesses guesses;
    private final PublishQueue queue;
    private final FirstOwners owners;

    PublishService(
            PublishPlaces places,
            HeavyWork heavyWork,
            VersionChecks checks,
            UnknownReferences unknown,
            NameGuesses guesses,
            PublishQueue queue,
            FirstOwners owners) {
        this.places = places;
        this.heavyWork = heavyWork;
        this.checks = checks;
        this.unknown = unknown;
        this.guesses = guesses;
        this.queue = queue;
        this.owners = owners;
    }

    /**
     * @param code the capability that the document must be of
     * @param form reads the body
     * @param ownedBy whose the capability shall be, if it is new
     * @throws Rejection 422 with every error of the document or of its references, 409 if the number is taken, 503 {@code
     *     publish.busy}
     */
    Publication publish(
            TenantContext context,
            String code,
            byte[] body,
            Function<byte[], SourceDocument> form,
            Optional<String> ownedBy) {
        try (Place place = places.take(context, body.length)) {
            Checked checked = body.length > SMALL
                    ? heavyWork.run(context, () -> check(code, form.apply(body)))
                    : check(code, form.apply(body));
            return publish(context, checked, place, ownedBy);
        }
    }

    /**
     * Without errors there is a version.
     *
     * @param malformed whether there were values that could not even be kept
     */
    private record Checked(
            Findings findings,
            boolean malformed,
            Optional<VersionDocument> document,
            Optional<CheckedVersion> version) {}

    private Checked check(String code, SourceDocument source) {
        Findings findings = Findings.of(source);
        findings.unreadable(source, 0);
        Optional<VersionDocument> document = RecordReader.read(source.root(), VersionDocument.class, findings);
        document.ifPresent(read -> sameCapability(code, read, findings));
        Optional<CheckedVersion> version = document.flatMap(read -> checks.check(read, findings));
        return new Checked(findings, !source.faults().isEmpty(), document, version);
    }

    private Publication publish(TenantContext context, Checked checked, Place place, Optional<String> ownedBy) {
        Findings findings = checked.findings();
        if (checked.version().isEmpty() || findings.hasErrors()) {
            if (context.actor().permits(Permission.CAPABILITY_PUBLISH)) {
                checked.document().ifPresent(read -> unknown.note(context, read, findings));
            }
            List<FieldError> errors = guesses.addedTo(findings.errors(), context);
            throw checked.malformed() ? Rejection.malformed(errors) : Rejection.invalid(errors);
        }
        context.require(Permission.CAPABILITY_PUBLISH);
        CheckedVersion version = checked.version().get();
        place.grow(version.canonical().length);
        var submission = new Submission(context, owners.find(context, ownedBy));
        var content = new Content(
                version.canonical(), VersionStructure.of(version.document()).toJson());
        submission.add(version, null, findings.lines(), () -> content);
        Written<Outcome> written = queue.publish(submission);
        return switch (written.value()) {
            case Refused refused ->
                throw refusal(guesses.addedTo(refused.errors().first(), context));
            case Denied denied -> throw denied.denial();
            case Accepted accepted ->
                new Publication(
                        version.document().capability(),
                        version.number(),
                        version.digest().toString(),
                        !accepted.created().isEmpty(),
                        written.cursor().toString(),
                        accepted.warnings().first());
        };
    }

    private static void sameCapability(String code, VersionDocument document, Findings findings) {
        String expected = code.toLowerCase(Locale.ROOT);
        String given = String.valueOf(document.capability());
        if (!given.toLowerCase(Locale.ROOT).equals(expected)) {
            findings.error("capability", given, "%s, as the path says".formatted(expected), "capability.differs");
        }
    }

    /** What a publisher hears whose submission was refused. */
    static Rejection refusal(List<FieldError> errors) {
        String code = errors.getFirst().code();
        Rejection invalid = Rejection.invalid(errors);
        return CONFLICTS.contains(code) ? Rejection.conflict(code, invalid.detail(), errors) : invalid;
    }
}
