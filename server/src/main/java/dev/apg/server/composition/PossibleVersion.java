package dev.apg.server.composition;

import dev.apg.contract.composition.Resolution;
import dev.apg.resolver.Binding;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Link;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Strength;
import dev.apg.resolver.version.SemVer;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A version that could be chosen and is not.
 *
 * @param otherwise the solution with it
 * @param solved what was chosen instead, as it is told
 * @param alternative the solution with it, as it is told
 */
record PossibleVersion(
        ExactVersion version,
        dev.apg.resolver.Resolution.Solved otherwise,
        Resolution.Solved solved,
        Resolution.Solved alternative) {

    /** Why it is not chosen. An objective that decides comes before what would have to move for it. */
    String sentence() {
        if (!isNeeded()) {
            return chosen().isPresent()
                    ? "%s could be chosen only if the draft asked for it: with what would change, nothing else would need %s."
                            .formatted(version, version.code())
                    : "%s could be chosen; it is not, because it is not needed.".formatted(version);
        }
        Optional<String> obstacle = worse().isPresent() ? Optional.empty() : obstacle();
        return obstacle.map(told -> "%s could be chosen, with what would change. %s".formatted(version, told))
                .orElseGet(() -> "%s could be chosen; it is not, because %s.".formatted(version, preference()));
    }

    /** Whether it is there for anything but the question. */
    private boolean isNeeded() {
        return needs().findAny().isPresent();
    }

    /** What it meets of others. */
    private Stream<Link> needs() {
        return otherwise.bindings().stream()
                .filter(binding -> binding.provider().equals(version))
                .map(Binding::need)
                .filter(need -> !(need instanceof Link.Needed(ExactVersion consumer, Requirement _)
                        && consumer.equals(version)));
    }

    private Optional<Resolution.ResolvedEntry> chosen() {
        return solved.entries().stream()
                .filter(entry -> entry.capability().equals(version.code()))
                .findFirst();
    }

    /** What is in its way beside what was chosen. */
    private Optional<String> obstacle() {
        return chosen().map(Resolution.ResolvedEntry::heldBack)
                .filter(heldBack -> heldBack.newest().equals(version.number().toString()))
                .filter(heldBack -> switch (heldBack.cause()) {
                    case RANGE, CONFLICT, OWN_NEED -> true;
                    case LOCKED, PURGED, PINNED, EXCLUDED, NOT_ACCEPTED, OBJECTIVE, COMBINATION -> false;
                })
                .map(Resolution.HeldBack::sentence);
    }

    /** Why it was not preferred although nothing speaks against it. */
    private String preference() {
        return worse().or(() -> chosen().filter(this::isKept).map(_ -> Sentences.KEPT))
                .or(() -> chosen().map(entry -> number(entry).compareTo(version.number()) > 0
                        ? "the chosen one is newer"
                        : "the choice rule prefers what was chosen"))
                .orElseGet(() -> isOnlyRecommended()
                        ? "what recommends it does not decide over what else is chosen"
                        : "the choice rule prefers what was chosen");
    }

    private boolean isOnlyRecommended() {
        return needs().allMatch(need -> need instanceof Link.Needed(ExactVersion _, Requirement requirement)
                && requirement.strength() == Strength.RECOMMENDED);
    }

    /** Whether only the previous revision keeps it out, which is newer than that one's. */
    private boolean isKept(Resolution.ResolvedEntry entry) {
        Resolution.HeldBack heldBack = entry.heldBack();
        String kept = heldBack == null ? null : heldBack.kept();
        return kept != null
                && number(entry).compareTo(version.number()) < 0
                && version.number().compareTo(SemVer.parse(kept)) <= 0;
    }

    private static SemVer number(Resolution.ResolvedEntry entry) {
        return SemVer.parse(entry.version());
    }

    /** {@code the policy asks for the lowest cost, which is 21, and would be 25 with it}; empty if it would be as good. */
    private Optional<String> worse() {
        for (int i = 0; i < solved.criteria().size(); i++) {
            Resolution.Criterion now = solved.criteria().get(i);
            Resolution.Criterion then = alternative.criteria().get(i);
            if (then.value() != now.value()) {
                return then.value() < now.value()
                        ? Optional.empty()
                        : Optional.of("the policy asks for %s, which is %d, and would be %d with it"
                                .formatted(RequestWords.aim(now.objective()), now.value(), then.value()));
            }
        }
        return Optional.empty();
    }
}
