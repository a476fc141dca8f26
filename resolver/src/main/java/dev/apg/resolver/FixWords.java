package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.List;

/** Changes in words. */
final class FixWords {
    private FixWords() {}

    /** @param request what the changes are of */
    static Fix fix(List<Change> changes, Request request) {
        String text = Phrases.join(changes.stream().map(FixWords::sentence).toList(), "and");
        boolean nothingLeft = Change.applyAll(changes, request).roots().isEmpty();
        return new Fix(
                changes,
                Character.toUpperCase(text.charAt(0))
                        + text.substring(1)
                        + (nothingLeft ? ", which leaves nothing that is asked for." : "."));
    }

    private static String sentence(Change change) {
        return switch (change) {
            case Change.SetRange(Root root, VersionRange range) -> {
                Target target = root.target();
                Target changed = new Target(target.kind(), target.code(), range);
                yield "ask for " + Phrases.target(changed) + " instead of "
                        + target.range().text();
            }
            case Change.DropRoot(Root root) -> "do not ask for " + Phrases.target(root.target());
            case Change.ReplaceRoot(Root root, Root by) ->
                "ask for " + Phrases.target(by.target()) + " instead of " + Phrases.target(root.target());
            case Change.DropPin(String code, SemVer number) -> "do not pin " + code + " to " + number;
            case Change.SetPin(String code, SemVer number) -> "pin " + code + " to " + number;
            case Change.DropExclusion(Target exclusion) -> "do not exclude " + Phrases.target(exclusion);
            case Change.AcceptPrereleases() -> "accept pre-releases";
            case Change.AcceptMark(Mark mark) -> "accept versions that are " + mark.word();
        };
    }
}
