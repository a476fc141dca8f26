package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** In place of open ranges, others in the style of the old ones around the versions that would be chosen. */
final class FixRanges {
    private static final Pattern ONE_VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(?:[-+][0-9A-Za-z.+-]+)?");

    private final Universe universe;
    private final Trials trials;

    FixRanges(Universe universe, Trials trials) {
        this.universe = universe;
        this.trials = trials;
    }

    /** The wider ranges that may be asked for instead, the smaller change first: newer versions too, then any version. */
    static List<VersionRange> openings(VersionRange old) {
        // The pre-releases that a range names come before its first release.
        Optional<VersionRange> newer = old.namesPrereleases() ? old.onwards().flatMap(old::or) : old.onwards();
        return Stream.concat(newer.stream(), Stream.of(VersionRange.any()))
                .filter(range -> !range.equals(old))
                .toList();
    }

    static boolean isOpening(Root root, VersionRange range) {
        return openings(root.target().range()).contains(range);
    }

    /** Empty if the changes do not make the request solvable, or enough was tried. */
    Optional<List<Change>> narrowed(Request request, List<Change> changes) {
        if (changes.stream().noneMatch(Change.SetRange.class::isInstance)) {
            return Optional.of(changes);
        }
        return trials.attempt(Change.applyAll(changes, request))
                .filter(Attempt::isSolved)
                .flatMap(attempt -> nearest(request, changes).or(() -> narrowed(attempt.chosenByTheRule(), changes)));
    }

    /** The same without another major number where that is enough: nobody should leave a series for a range that is too narrow. */
    private Optional<List<Change>> nearest(Request request, List<Change> changes) {
        List<Change> near = changes.stream()
                .map(change ->
                        change instanceof Change.SetRange(Root root, VersionRange range) && isOpening(root, range)
                                ? series(root, range)
                                        .<Change>map(own -> new Change.SetRange(root, own))
                                        .orElse(change)
                                : change)
                .toList();
        return near.equals(changes)
                ? Optional.empty()
                : trials.attempt(Change.applyAll(near, request))
                        .filter(Attempt::isSolved)
                        .flatMap(attempt -> narrowed(attempt.chosenByTheRule(), near));
    }

    /** What an open range has of the series of a root's newest version; empty if the root admits all of it. */
    private Optional<VersionRange> series(Root root, VersionRange open) {
        Target target = root.target();
        if (target.kind() != Target.Kind.CAPABILITY) {
            return Optional.empty();
        }
        List<SemVer> releases = universe.numbers(target.code()).stream()
                .filter(number -> !number.isPrerelease())
                .toList();
        return releases.reversed().stream()
                .filter(number -> target.range().admits(number, PrereleaseRule.NPM))
                .findFirst()
                .filter(SemVer::hasNext)
                .map(newest -> VersionRange.parse((open.equals(VersionRange.any())
                                ? open
                                : target.range().onwards().orElse(open))
                        + (newest.major() == 0 ? " 0." + newest.minor() + ".x" : " " + newest.major() + ".x")))
                .filter(series -> releases.stream()
                        .anyMatch(number -> series.admits(number, PrereleaseRule.NPM)
                                && !target.range().admits(number, PrereleaseRule.NPM)));
    }

    private Optional<List<Change>> narrowed(Resolution.Solved solved, List<Change> changes) {
        List<Change> narrowed = new ArrayList<>();
        for (Change change : changes) {
            if (!(change instanceof Change.SetRange open)) {
                narrowed.add(change);
                continue;
            }
            Optional<SemVer> number = chosenFor(solved, open);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            Root root = open.root();
            narrowed.add(
                    new Change.SetRange(root, around(number.get(), root.target().range())));
        }
        return Optional.of(narrowed);
    }

    private Optional<SemVer> chosenFor(Resolution.Solved solved, Change.SetRange open) {
        Target target = open.root().target();
        return solved.bindings().stream()
                .filter(each -> each.need() instanceof Link.Asked(Root root)
                        && root.target().kind() == target.kind()
                        && root.target().code().equals(target.code())
                        && root.target().range().equals(open.range()))
                .findFirst()
                .flatMap(binding -> number(universe, binding));
    }

    /** The number that the range of what is bound is about: of the provider, or of the service that it provides. */
    static Optional<SemVer> number(Universe universe, Binding binding) {
        return switch (binding.target().kind()) {
            case CAPABILITY -> Optional.of(binding.provider().number());
            case SERVICE ->
                universe.version(binding.provider()).stream()
                        .flatMap(version -> version.provides().stream())
                        .filter(each -> each.service().equals(binding.target().code()))
                        .map(Provision::version)
                        .max(Comparator.naturalOrder());
        };
    }

    /** A range in the style of the old one, from this number on. */
    static VersionRange around(SemVer number, VersionRange old) {
        String text = old.text().strip();
        if (ONE_VERSION.matcher(text.replaceFirst("^=?\\s*v?", "")).matches()) {
            return VersionRange.parse(number.toString());
        }
        // Of the greatest number that a version may have nothing can be said but where it starts.
        String style = number.hasNext() ? text.startsWith("~") ? "~" : "^" : ">=";
        return VersionRange.parse(style + number);
    }
}
