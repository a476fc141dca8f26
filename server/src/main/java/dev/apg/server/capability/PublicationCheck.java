package dev.apg.server.capability;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.Warning;
import dev.apg.server.capability.Planner.Accepted;
import dev.apg.server.capability.Planner.Denied;
import dev.apg.server.capability.Planner.Outcome;
import dev.apg.server.capability.Planner.Refused;
import dev.apg.server.capability.Submission.Content;
import dev.apg.server.capability.document.CheckedVersion;
import dev.apg.server.capability.document.Findings;
import dev.apg.server.capability.document.VersionChecks;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Judges a version as {@link PublishService} would, and publishes nothing. */
@Service
public class PublicationCheck {
    private final HeavyWork heavyWork;
    private final VersionChecks checks;
    private final UnknownReferences unknown;
    private final NameGuesses guesses;
    private final Planner planning;
    private final TenantTransactions transactions;

    PublicationCheck(
            HeavyWork heavyWork,
            VersionChecks checks,
            UnknownReferences unknown,
            NameGuesses guesses,
            Planner planning,
            TenantTransactions transactions) {
        this.heavyWork = heavyWork;
        this.checks = checks;
        this.unknown = unknown;
        this.guesses = guesses;
        this.planning = planning;
        this.transactions = transactions;
    }

    /**
     * A version that could be published.
     *
     * @param published whether exactly this content is, already
     */
    public record Publishable(
            VersionKey key, String digest, boolean published, VersionStructure structure, List<Warning> warnings) {
        public Publishable {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param place of the document in the request, ending in a dot
     * @throws Rejection 422 with every error of the document or of its references, 409 if the number is taken
     */
    public Publishable check(TenantContext context, VersionDocument document, String place) {
        var findings = new Findings(null, field -> null);
        Optional<CheckedVersion> checked = heavyWork.run(context, () -> checks.check(document, findings));
        if (checked.isEmpty() || findings.hasErrors()) {
            unknown.note(context, document, findings);
            throw Rejection.invalid(placed(guesses.addedTo(findings.errors(), context), place));
        }
        CheckedVersion version = checked.get();
        VersionStructure structure = VersionStructure.of(version.document());
        var submission = new Submission(context);
        submission.add(version, null, findings.lines(), () -> new Content(version.canonical(), structure.toJson()));
        Outcome outcome = transactions.read(
                context.tenantId(),
                () -> planning.decide(context.tenantId(), List.of(submission), Registered.Guarding.IGNORED)
                        .outcomes()
                        .getFirst());
        return switch (outcome) {
            case Refused refused ->
                throw PublishService.refusal(
                        placed(guesses.addedTo(refused.errors().first(), context), place));
            case Denied denied -> throw denied.denial();
            case Accepted accepted ->
                new Publishable(
                        new VersionKey(version.document().capability(), version.number()),
                        version.digest().toString(),
                        accepted.created().isEmpty(),
                        structure,
                        accepted.warnings().first());
        };
    }

    private static List<FieldError> placed(List<FieldError> errors, String place) {
        return errors.stream()
                .map(error -> new FieldError(
                        error.source(),
                        error.line(),
                        place + error.field(),
                        error.value(),
                        error.expected(),
                        error.code()))
                .toList();
    }
}
