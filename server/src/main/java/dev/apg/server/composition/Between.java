package dev.apg.server.composition;

import dev.apg.contract.composition.Policy;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Universe;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What stands between two locks: what happened, or what somebody supposes. Of what is only supposed nothing that happened is a
 * reason.
 *
 * @param happened whether the later lock is there, so that its differences are told in the past
 * @param standing how a version of the earlier lock stood when it was left, such as {@code is yanked: loses data}; empty if it
 *     was published
 * @param ending how a capability stood when it was left, such as {@code is retired}; empty if its versions could be taken
 * @param asked by code, a reason that the question itself gives
 * @param otherwise the reason where nothing else gives one
 * @param needs what is known of the versions' needs
 * @param taken what is to be known of a version that is taken, as sentences with a space before each; empty of one like any other
 */
record Between(
        boolean happened,
        BiFunction<String, String, Optional<String>> standing,
        Function<String, Optional<String>> ending,
        Map<String, String> asked,
        String otherwise,
        StatedNeeds needs,
        BiFunction<String, String, String> taken) {

    private static final String CATALOGUE =
            "neither the draft nor what needs it calls for that; an update took it, or the catalogue offers something else";

    private static final String OFFERED =
            "neither the draft nor what needs it calls for that, so the catalogue offers something else";

    /** Time. */
    static Between past(
            BiFunction<String, String, Optional<String>> standing, Function<String, Optional<String>> ending) {
        return new Between(true, standing, ending, Map.of(), CATALOGUE, StatedNeeds.UNKNOWN, (_, _) -> "");
    }

    /** A version that is supposed to be chosen. */
    static Between taking(ExactVersion asked) {
        return supposing(asked.code(), "that is what was asked about", "that is what goes together with " + asked);
    }

    /** @param lost the capability, or the version, that is supposed to be lost */
    static Between losing(String code, String lost) {
        return supposing(code, lost + " is lost", "that is what goes together without " + lost);
    }

    /**
     * Whether a version that stands as {@link #standing} says could not be kept under a policy. What the policy accepts is
     * no reason for a move.
     */
    static boolean forbids(String stood, Policy policy) {
        return Objects.requireNonNull(policy.accept()).stream()
                .noneMatch(mark -> stood.startsWith("is " + mark.wire()));
    }

    private static Between supposing(String code, String why, String otherwise) {
        return new Between(
                false,
                (_, _) -> Optional.empty(),
                _ -> Optional.empty(),
                Map.of(code, why),
                otherwise,
                StatedNeeds.UNKNOWN,
                (_, _) -> "");
    }

    /** A step that is still to be made. */
    static Between step(Standings standings, String otherwise) {
        return new Between(
                        false,
                        standings::told,
                        standings::ended,
                        Map.of(),
                        otherwise,
                        StatedNeeds.UNKNOWN,
                        standings::taken)
                .in(standings.snapshot().universe());
    }

    /** The same where what is taken is told to be deprecated, say. */
    Between marking(BiFunction<String, String, String> marks) {
        return new Between(happened, standing, ending, asked, otherwise, needs, marks);
    }

    /** The same where the versions of a universe can be asked what they need. */
    Between in(Universe universe) {
        return new Between(happened, standing, ending, asked, otherwise, new StatedNeeds(universe), taken);
    }

    /** What the draft comes to as it stands, which was not frozen yet. */
    static Between unfrozen(Standings standings) {
        return step(standings, OFFERED);
    }
}
