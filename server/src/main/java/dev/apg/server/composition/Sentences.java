package dev.apg.server.composition;

import dev.apg.contract.composition.HoldingCause;
import dev.apg.contract.composition.LockDocument.Reason;
import dev.apg.contract.composition.Resolution;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.HeldBack;
import dev.apg.resolver.Link;
import dev.apg.resolver.Mark;
import dev.apg.resolver.Strength;
import dev.apg.server.catalog.VersionEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers in words, for the parts that the resolver gives as data. */
final class Sentences {
    static final String KEPT = "the previous revision's version still holds and is kept";

    private Sentences() {}

    static Resolution.HeldBack heldBack(ExactVersion version, HeldBack heldBack, Standings standings) {
        String newest = heldBack.newest().toString();
        HeldBack.Next next = heldBack.next();
        String kept = heldBack.kept() == null ? null : heldBack.kept().toString();
        var sentence = new StringBuilder("%s is not %s: %s."
                .formatted(version.code(), newest, why(version.code(), newest, heldBack.cause(), standings)));
        if (!heldBack.others().isEmpty()) {
            sentence.append(" Beside that, %s."
                    .formatted(heldBack.others().stream()
                            .map(cause -> why(version.code(), newest, cause, standings))
                            .collect(Collectors.joining(", and "))));
        }
        if (next != null) {
            String number = next.number().toString();
            sentence.append(
                    " Nor is it %s: %s.".formatted(number, why(version.code(), number, next.cause(), standings)));
        }
        HeldBack.Next passedOver = heldBack.passedOver();
        if (passedOver != null && (next == null || !passedOver.number().equals(next.number()))) {
            String number = passedOver.number().toString();
            sentence.append(" %s would be possible, but %s."
                    .formatted(number, why(version.code(), number, passedOver.cause(), standings)));
        }
        if (kept != null
                && !kept.equals(newest)
                && (next == null || !kept.equals(next.number().toString()))) {
            sentence.append(" Nor is it %s: %s.".formatted(kept, KEPT));
        }
        return new Resolution.HeldBack(
                newest, cause(heldBack.cause()), sentence.toString(), next(next), next(passedOver), kept);
    }

    /** By a version that was purged and that every need admits. */
    static Resolution.HeldBack heldBack(ExactVersion version, VersionEntry purged) {
        return new Resolution.HeldBack(
                purged.number().toString(),
                HoldingCause.PURGED,
                "%s is not %s: that %s.".formatted(version.code(), purged.number(), PurgedVersions.told(purged)),
                null,
                null,
                null);
    }

    private static Resolution.HeldBack.@Nullable Next next(HeldBack.@Nullable Next next) {
        return next == null ? null : new Resolution.HeldBack.Next(next.number().toString(), cause(next.cause()));
    }

    private static HoldingCause cause(HeldBack.Cause cause) {
        return switch (cause) {
            case HeldBack.Cause.Range range -> HoldingCause.RANGE;
            case HeldBack.Cause.Locked locked -> HoldingCause.LOCKED;
            case HeldBack.Cause.Pinned pinned -> HoldingCause.PINNED;
            case HeldBack.Cause.Excluded excluded -> HoldingCause.EXCLUDED;
            case HeldBack.Cause.NotAccepted notAccepted -> HoldingCause.NOT_ACCEPTED;
            case HeldBack.Cause.Conflict conflict -> HoldingCause.CONFLICT;
            case HeldBack.Cause.OwnNeed ownNeed -> HoldingCause.OWN_NEED;
            case HeldBack.Cause.Aim _, HeldBack.Cause.Objectives _ -> HoldingCause.OBJECTIVE;
            case HeldBack.Cause.Combination combination -> HoldingCause.COMBINATION;
        };
    }

    /** What is in the way of a version, as a clause about it. */
    static String why(String code, String version, HeldBack.Cause cause, Standings standings) {
        return switch (cause) {
            case HeldBack.Cause.Range(Link need) -> need(need);
            case HeldBack.Cause.Locked locked -> KEPT;
            case HeldBack.Cause.Pinned(var number) -> "the draft pins it to " + number;
            case HeldBack.Cause.Excluded(var exclusion) -> "the draft excludes " + exclusion;
            case HeldBack.Cause.NotAccepted(var mark) ->
                "it is %s, which the policy does not accept".formatted(reasoned(mark, standings.told(code, version)));
            case HeldBack.Cause.Conflict(var other) -> "it and %s conflict".formatted(other);
            case HeldBack.Cause.OwnNeed(var requirement)
            when requirement.strength() == Strength.OPTIONAL ->
                "it works only with %s, and what was chosen is not that".formatted(RequestWords.targets(requirement));
            case HeldBack.Cause.OwnNeed(var requirement) ->
                "it requires %s, which nothing meets beside what was chosen"
                        .formatted(RequestWords.targets(requirement));
            case HeldBack.Cause.Aim(var objective, long more) ->
                "the policy asks for %s, which would be %d more with it".formatted(objective.words(), more);
            case HeldBack.Cause.Objectives _ ->
                "no single thing is in the way, and the policy's objectives come before newer versions; ask why for what"
                        + " it would take";
            case HeldBack.Cause.Combination combination -> "no single thing is in the way; ask why for the derivation";
        };
    }

    /** {@code yanked (CVE-2026-1)}. */
    private static String reasoned(Mark mark, Optional<Standing> told) {
        return told.filter(standing -> standing.gives(mark))
                .flatMap(Standing::reason)
                .map(reason -> "%s (%s)".formatted(mark.word(), reason))
                .orElse(mark.word());
    }

    private static String need(Link need) {
        return switch (need) {
            case Link.Asked(var root) -> "the draft asks for " + root;
            case Link.Needed(var consumer, var requirement) ->
                "%s %s %s".formatted(consumer, verb(requirement.strength()), RequestWords.targets(requirement));
        };
    }

    private static String verb(Strength strength) {
        return switch (strength) {
            case REQUIRED -> "requires";
            case OPTIONAL -> "works only with";
            case RECOMMENDED -> "recommends";
            case ENHANCING -> "enhances";
        };
    }

    /**
     * {@code the draft names shop, whose requirement cart brings in cart, which recommends tracing}.
     *
     * @param recommends whether a need of the chain is a recommendation
     */
    static String chain(String capability, List<Reason> reason, Predicate<Reason> recommends) {
        var sentence = new StringBuilder();
        for (int i = 0; i < reason.size(); i++) {
            String next = i + 1 < reason.size() ? reason.get(i + 1).capability() : capability;
            Reason link = reason.get(i);
            sentence.append(
                    link.requirement() != null && recommends.test(link)
                            ? ", which recommends " + next
                            : link(link, next));
        }
        return sentence.toString();
    }

    /** @param next what the link brings in; null before links that are left out */
    private static String link(Reason link, @Nullable String next) {
        if (link.omitted() != null) {
            return ", which brings in, after %d further needs, %s".formatted(link.omitted(), next);
        }
        if (link.root() == null) {
            return ", whose requirement %s brings in %s".formatted(link.requirement(), next);
        }
        if (next == null) {
            return "the draft asks for " + link.root();
        }
        return link.root().equals(next)
                ? "the draft names " + next
                : "the draft asks for %s, which %s provides".formatted(link.root(), next);
    }
}
