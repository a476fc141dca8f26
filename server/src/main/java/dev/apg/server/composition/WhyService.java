package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.Reason;
import dev.apg.contract.composition.Policy;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.Resolution.ProviderChoice;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.Verdict;
import dev.apg.contract.composition.WhyAnswer;
import dev.apg.contract.composition.WhyQuestion;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Resolver;
import dev.apg.resolver.WhyNot;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.event.Answered;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers why a version is there, and why another one is not. */
@Service
class WhyService {
    /** Needs that one sentence speaks of. */
    private static final int MAX_NEEDS_TOLD = 3;

    private final Catalog catalog;
    private final DraftService drafts;
    private final ResolveService resolving;
    private final HeavyWork heavyWork;

    WhyService(Catalog catalog, DraftService drafts, ResolveService resolving, HeavyWork heavyWork) {
        this.catalog = catalog;
        this.drafts = drafts;
        this.resolving = resolving;
        this.heavyWork = heavyWork;
    }

    Answered<WhyAnswer> why(TenantContext context, String code, WhyQuestion question) {
        DraftRow row = drafts.find(context, code);
        Optional<SemVer> asked = version(question);
        // Before anything is solved: nobody waits to be told of a spelling.
        isAboutService(catalog.snapshot(context), question);
        ResolveOptions options = question.options() == null ? ResolveOptions.DEFAULT : question.options();
        Resolved resolved = resolving.resolve(context, row, options, "options.");
        String capability = DraftSyntax.lower(question.capability());
        boolean service = isAboutService(resolved.snapshot(), question);
        WhyAnswer answer = switch (resolved.answer()) {
            case Resolution.Solved solved ->
                service
                        ? plain(capability, heavyWork.run(context, () -> ServiceNeeds.told(resolved, capability)))
                        : heavyWork.run(context, () -> solved(row, resolved, solved, capability, asked));
            case Resolution.Unsolvable(var explanation, long steps) ->
                new WhyAnswer(
                        capability,
                        null,
                        List.of(),
                        "The draft has no solution, so nothing was chosen.",
                        null,
                        null,
                        explanation,
                        null);
            case Resolution.Exhausted exhausted ->
                new WhyAnswer(
                        capability,
                        null,
                        List.of(),
                        "The step budget ran out before anything was chosen; a larger one may help.",
                        null,
                        Verdict.EXHAUSTED,
                        null,
                        null);
        };
        return new Answered<>(answer, resolved.snapshot().cursor());
    }

    /** @throws Rejection 422 {@code capability.unknown} */
    private static boolean isAboutService(Snapshot snapshot, WhyQuestion question) {
        String code = DraftSyntax.lower(question.capability());
        if (snapshot.capability(code).isPresent()) {
            return false;
        }
        if (snapshot.service(code).isPresent() && question.version() == null) {
            return true;
        }
        throw Rejection.invalid(
                "capability.unknown", "capability", question.capability(), snapshot.expectedCapability(code));
    }

    private static Optional<SemVer> version(WhyQuestion question) {
        String text = question.version();
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(SemVer.parse(text));
        } catch (VersionSyntaxException malformed) {
            throw Rejection.invalid("version.malformed", "version", text, malformed.expected());
        }
    }

    private static WhyAnswer solved(
            DraftRow row, Resolved resolved, Resolution.Solved solved, String capability, Optional<SemVer> asked) {
        ProviderChoices choices =
                ProviderChoices.of(resolved, (dev.apg.resolver.Resolution.Solved) resolved.resolution());
        List<ProviderChoice> passed = choices.passingOver(capability);
        Optional<Resolution.ResolvedEntry> chosen = solved.entries().stream()
                .filter(entry -> entry.capability().equals(capability))
                .findFirst();
        String here = chosen.map(entry -> "%s %s is here because %s.%s%s"
                        .formatted(
                                capability,
                                entry.version(),
                                Sentences.chain(capability, entry.reason(), choices::isRecommended),
                                OtherNeeds.of(entry, resolved),
                                new Standings(resolved.snapshot())
                                        .told(capability, entry.version())
                                        .map(standing -> " It is %s.".formatted(standing.words()))
                                        .orElse("")))
                .orElseGet(() -> "%s is not part of the solution: %s."
                        .formatted(capability, absent(capability, choices, passed)));
        WhyAnswer answer = new WhyAnswer(
                capability,
                chosen.map(Resolution.ResolvedEntry::version).orElse(null),
                chosen.map(Resolution.ResolvedEntry::reason).orElse(List.of()),
                here,
                null,
                null,
                null,
                null);
        Optional<SemVer> other = asked.or(() -> chosen.map(Resolution.ResolvedEntry::heldBack)
                .map(WhyService::newestAccepted)
                .map(SemVer::parse));
        // Of a provider that comes first by the rule and was not taken, the derivation is what is missing.
        return other.or(() -> passed.stream().anyMatch(choice -> choice.cause().equals("feasible"))
                        ? choices.newestFor(capability)
                        : Optional.empty())
                .map(version -> about(row, resolved, solved, answer, version))
                .orElse(answer);
    }

    private static String newestAccepted(Resolution.HeldBack heldBack) {
        Resolution.HeldBack.Next next = heldBack.next();
        return next == null ? heldBack.newest() : next.version();
    }

    private static String absent(String capability, ProviderChoices choices, List<ProviderChoice> passed) {
        return passed.isEmpty()
                ? choices.barred(capability)
                        .or(() -> choices.withoutForce(capability))
                        .orElse("nothing in it needs " + capability)
                : passed.stream()
                        .limit(MAX_NEEDS_TOLD)
                        .map(ProviderChoice::sentence)
                        .collect(Collectors.joining("; "));
    }

    private static WhyAnswer about(
            DraftRow row, Resolved resolved, Resolution.Solved solved, WhyAnswer answer, SemVer version) {
        if (version.toString().equals(answer.chosen())) {
            return with(answer, version, Verdict.CHOSEN, "It is the one that was chosen.", null, null);
        }
        Policy policy = row.draft().policy();
        var exact = new ExactVersion(answer.capability(), version);
        return switch (Resolver.whyNot(resolved.snapshot().universe(), resolved.request(), exact)) {
            case WhyNot.Possible(var otherwise) -> {
                var alternative = (Resolution.Solved) resolved.supposing(policy, resolved.request(), otherwise)
                        .answer();
                yield with(
                        answer,
                        version,
                        Verdict.POSSIBLE,
                        new PossibleVersion(exact, otherwise, solved, alternative).sentence(),
                        null,
                        LockDiff.versions(
                                side(row, solved),
                                side(row, alternative),
                                Between.taking(exact)
                                        .in(resolved.snapshot().universe())
                                        .marking(new Standings(resolved.snapshot())::taken)));
            }
            case WhyNot.Impossible(var explanation) ->
                with(
                        answer,
                        version,
                        Verdict.IMPOSSIBLE,
                        "%s cannot be chosen; the explanation says why.%s"
                                .formatted(exact, HiddenPrereleases.words(explanation, exact)),
                        Explanations.of(explanation, resolved),
                        null);
            case WhyNot.Unknown unknown -> with(answer, version, Verdict.UNKNOWN, unknown(resolved, exact), null, null);
            case WhyNot.Exhausted exhausted ->
                with(
                        answer,
                        version,
                        Verdict.EXHAUSTED,
                        "The step budget ran out before it was known whether %s could be chosen; a larger one may tell."
                                .formatted(exact),
                        null,
                        null);
        };
    }

    private static String unknown(Resolved resolved, ExactVersion version) {
        CapabilityEntry capability =
                resolved.snapshot().capability(version.code()).orElseThrow();
        return capability
                .version(version.number())
                .map(purged ->
                        "%s %s: only its number and digest are left.".formatted(version, PurgedVersions.told(purged)))
                .orElseGet(() -> "There is no %s (expected: %s)."
                        .formatted(version, capability.expectedVersion(version.number())));
    }

    private static LockSide side(DraftRow row, Resolution.Solved solved) {
        LockDocument lock = Locks.of(row.code(), solved, row.draft().policy(), Map.of());
        return new LockSide(row.draft(), lock);
    }

    private static WhyAnswer plain(String capability, String sentence) {
        List<Reason> none = List.of();
        return new WhyAnswer(capability, null, none, sentence, null, null, null, null);
    }

    private static WhyAnswer with(
            WhyAnswer answer,
            SemVer asked,
            Verdict verdict,
            String sentence,
            dev.apg.contract.composition.@Nullable Explanation explanation,
            @Nullable List<dev.apg.contract.composition.VersionChange> changes) {
        return new WhyAnswer(
                answer.capability(),
                answer.chosen(),
                answer.reason(),
                answer.sentence() + " " + sentence,
                asked.toString(),
                verdict,
                explanation,
                changes);
    }
}
