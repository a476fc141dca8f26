package dev.apg.server.impact;

import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Explanation;
import dev.apg.resolver.Fact;
import dev.apg.resolver.Target;
import dev.apg.server.composition.RequestWords;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fact that is in the way of a version, where one of a derivation is about it: the short form of an explanation. */
final class Obstacles {
    /** What the derivation comes to, which is that the version is impossible, and the full stop. */
    private static final Pattern CONCLUSION = Pattern.compile("(\\. So no \\S+ is left, although one is needed)?\\.$");

    private Obstacles() {}

    static String of(Explanation explanation, ExactVersion version) {
        return explanation.core().stream()
                .map(fact -> about(fact, version))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> CONCLUSION.matcher(explanation.gist()).replaceFirst(""));
    }

    private static Optional<String> about(Fact fact, ExactVersion version) {
        return switch (fact) {
            case Fact.Pinned(String code, var number)
            when code.equals(version.code()) -> Optional.of("the composition pins %s to %s".formatted(code, number));
            case Fact.NotAccepted(ExactVersion refused, var mark)
            when refused.equals(version) ->
                Optional.of("it is %s, which the policy does not accept".formatted(mark.word()));
            case Fact.Excluded(Target target)
            when isNamed(target, version) -> Optional.of("the composition excludes %s".formatted(target));
            case Fact.Asked(var root)
            when isNamed(root.target(), version) -> Optional.of("the composition asks for %s".formatted(root));
            case Fact.Needs(ExactVersion consumer, var requirement)
            when named(requirement.anyOf().stream(), version) ->
                Optional.of("%s requires %s".formatted(consumer, RequestWords.targets(requirement)));
            case Fact.Restricts(ExactVersion consumer, var requirement)
            when named(requirement.anyOf().stream(), version) ->
                Optional.of("%s works with %s only".formatted(consumer, RequestWords.targets(requirement)));
            case Fact.Conflicts(ExactVersion opponent, Target target)
            when isNamed(target, version) -> Optional.of("%s conflicts with %s".formatted(opponent, target));
            case Fact.Conflicts(ExactVersion itself, Target target)
            when itself.equals(version) -> Optional.of("it conflicts with %s".formatted(target));
            case Fact.Asked asked -> Optional.empty();
            case Fact.Wanted wanted -> Optional.empty();
            case Fact.Needs needs -> Optional.empty();
            case Fact.Restricts restricts -> Optional.empty();
            case Fact.Conflicts conflicts -> Optional.empty();
            case Fact.Pinned pinned -> Optional.empty();
            case Fact.Excluded excluded -> Optional.empty();
            case Fact.NotAccepted notAccepted -> Optional.empty();
            case Fact.OnlyOne onlyOne -> Optional.empty();
        };
    }

    private static boolean named(Stream<Target> targets, ExactVersion version) {
        return targets.anyMatch(target -> isNamed(target, version));
    }

    private static boolean isNamed(Target target, ExactVersion version) {
        return target.kind() == Target.Kind.CAPABILITY && target.code().equals(version.code());
    }
}
