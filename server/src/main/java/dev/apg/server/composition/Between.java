package dev.apg.server.composition;

import dev.apg.contract.capability.Status;
import dev.apg.contract.composition.Policy;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Mark;
import dev.apg.resolver.Universe;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What stands between two locks: what happened, or what somebody supposes. Of what is only supposed nothing that happened is a
 * reason.
 *
 * @param happened whether the later lock is there, so that its differences are told in the past
 * @param stands the verb between a version and how it stood when it was left: {@code is} or {@code was}
 * @param standing how a version of the earlier lock stood when it was left; empty if it was published
 * @param ending how a capability stood when it was left, such as retired; empty if its versions could be taken
 * @param asked by code, a reason that the question itself gives
 * @param otherwise the reason where nothing else gives one
 * @param needs what is known of the versions' needs
 * @param taken what is to be known of a version that is taken, as sentences with a space before each; empty of one like any other
 */
record Between(
        boolean happened,
        String stands,
        BiFunction<String, String, Optional<Standing>> standing,
        Function<String, Optional<Status>> ending,
        Map<String, String> asked,
        String otherwise,
        StatedNeeds needs,
        BiFunction<String, String, String> taken) {

    private static final String CATALOGUE =
            "neither the draft nor what needs it calls for that; an update took it, or the catalogue offers something else";

    private static final String OFFERED =
            "neither the draft nor what needs it calls for that, so the catalogue offers something else";

    /** Time, up to now. */
    static Between untilNow(Standings standings) {
        return past("is", standings::told, standings::ended);
    }

    /** Time, until a later revision was frozen. */
    static Between untilThen(
            BiFunction<String, String, Optional<Standing>> standing, Function<String, Optional<Status>> ending) {
        return past("was", standing, ending);
    }

    private static Between past(
            String stands,
            BiFunction<String, String, Optional<Standing>> standing,
            Function<String, Optional<Status>> ending) {
        return new Between(true, stands, standing, ending, Map.of(), CATALOGUE, StatedNeeds.UNKNOWN, (_, _) -> "");
    }

    /** A version that is supposed to be chosen. */
    static Between taking(ExactVersion asked) {
        return supposing(asked.code(), "that is what was asked about", "that is what goes together with " + asked);
    }

    /** @param lost the capability, or the version, that is supposed to be lost */
    static Between losing(String code, String lost) {
        return supposing(code, lost + " is lost", "that is what goes together without " + lost);
    }

    /** How a version stood when it was left, such as {@code is yanked: loses data}; empty if it was published. */
    Optional<String> told(String code, String version) {
        return standing.apply(code, version).map(this::told);
    }

    /** The same of a version that could not be kept under a policy; empty of one that the policy accepts. */
    Optional<String> refused(String code, String version, Policy policy) {
        return standing.apply(code, version)
                .filter(stood -> stood.isRefusedBy(policy))
                .map(this::told);
    }

    /** How a capability stood of which a policy lets no version be kept, such as {@code is retired}; empty if there is one. */
    Optional<String> ended(String code, Policy policy) {
        return ending.apply(code)
                .filter(_ -> !ResolverRequests.accepts(policy, Mark.RETIRED))
                .map(status -> "%s %s".formatted(stands, status.wire()));
    }

    private String told(Standing stood) {
        return "%s %s".formatted(stands, stood.words());
    }

    private static Between supposing(String code, String why, String otherwise) {
        return new Between(
                false,
                "is",
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
                        "is",
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
        return new Between(happened, stands, standing, ending, asked, otherwise, needs, marks);
    }

    /** The same where the versions of a universe can be asked what they need. */
    Between in(Universe universe) {
        return new Between(happened, stands, standing, ending, asked, otherwise, new StatedNeeds(universe), taken);
    }

    /** What the draft comes to as it stands, which was not frozen yet. */
    static Between unfrozen(Standings standings) {
        return step(standings, OFFERED);
    }
}
