package dev.apg.server.composition;

import dev.apg.contract.capability.VersionState;
import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.resolver.Mark;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells of operations that are accepted and may not do what was meant: ranges that no version is in, which may be still to
 * come, and ranges and pins that only yanked versions would do for. Nothing is known here of the draft's policy.
 */
final class DraftWarnings {
    private static final int MOST = 50;

    private static final String TAKEN = ": it is taken only where the policy accepts that";

    private final Snapshot snapshot;
    private final Standings standings;
    private final List<Warning> warnings = new ArrayList<>();

    private DraftWarnings(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.standings = new Standings(snapshot);
    }

    /**
     * At most 50.
     *
     * @param place the path of the list of operations; empty if the only operation is a document that is the request itself
     */
    static List<Warning> of(Snapshot snapshot, List<DraftOperation> operations, String place) {
        var found = new DraftWarnings(snapshot);
        for (int i = 0; i < operations.size() && found.warnings.size() < MOST; i++) {
            found.look(operations.get(i), place.isEmpty() ? "" : "%s[%d].".formatted(place, i));
        }
        return found.warnings.stream().limit(MOST).toList();
    }

    private void look(DraftOperation operation, String path) {
        switch (operation) {
            case DraftOperation.AddMember add -> member(path, add.capability(), add.range());
            case DraftOperation.SetRange set -> member(path, set.capability(), set.range());
            case DraftOperation.RequireService require -> service(path, require.service(), require.range());
            case DraftOperation.Exclude exclude -> exclusion(path, exclude.capability(), exclude.range());
            case DraftOperation.Pin pin -> pin(path + "version", pin.capability(), pin.version());
            case DraftOperation.Replace(DraftDocument document) ->
                document(path.isEmpty() ? "" : path + "document.", document);
            case DraftOperation.RemoveMember remove -> {}
            case DraftOperation.SetConfiguration set -> {}
            case DraftOperation.DropService drop -> {}
            case DraftOperation.Unpin unpin -> {}
            case DraftOperation.Include include -> {}
            case DraftOperation.SetPolicy set -> {}
        }
    }

    private void document(String path, DraftDocument document) {
        for (int i = 0; i < document.members().size(); i++) {
            var member = document.members().get(i);
            member("%smembers[%d].".formatted(path, i), member.capability(), member.range());
        }
        for (int i = 0; i < document.services().size(); i++) {
            var service = document.services().get(i);
            service("%sservices[%d].".formatted(path, i), service.service(), service.range());
        }
        document.pins().forEach((code, version) -> pin(path + "pins." + code, code, version));
        for (int i = 0; i < document.exclusions().size(); i++) {
            var exclusion = document.exclusions().get(i);
            exclusion("%sexclusions[%d].".formatted(path, i), exclusion.capability(), exclusion.range());
        }
    }

    private void member(String path, String code, @Nullable String range) {
        look(path, "capability", code, range).ifPresent(found -> onlyYanked(path, "capability", code, range, found));
    }

    private void service(String path, String code, @Nullable String range) {
        look(path, "service", code, range).ifPresent(found -> onlyYanked(path, "service", code, range, found));
    }

    private void exclusion(String path, String code, @Nullable String range) {
        look(path, "capability", code, range);
    }

    /** A version of what a range is about: of the capability, or in which the service is provided. */
    private record Candidate(SemVer number, boolean yanked) {}

    /** What is in the range, all of it yanked, after telling where nothing is; empty then, and where there is nothing to tell. */
    private Optional<List<Candidate>> look(String path, String kind, String code, @Nullable String range) {
        Optional<VersionRange> wanted = parsed(range);
        if (wanted.isEmpty() || warnings.size() >= MOST) {
            return Optional.empty();
        }
        String lower = DraftSyntax.lower(code);
        // Whether a policy takes pre-releases is not known here.
        Predicate<Candidate> isWithin = each -> wanted.get().admits(each.number(), PrereleaseRule.INCLUDE);
        // Nearly always the first one will do; only where there is something to tell are all of them looked at.
        if (candidates(kind, lower).anyMatch(each -> !each.yanked() && isWithin.test(each))) {
            return Optional.empty();
        }
        List<Candidate> within = candidates(kind, lower).filter(isWithin).toList();
        if (!within.isEmpty()) {
            return Optional.of(within);
        }
        String newest = candidates(kind, lower)
                .map(Candidate::number)
                .max(SemVer::compareTo)
                .map(number -> "; the newest is " + number)
                .orElse("");
        warn(
                lower,
                path + "range",
                "no version of the %s %s is in %s yet%s".formatted(kind, lower, DraftSyntax.text(range), newest),
                "range.matches_nothing");
        return Optional.empty();
    }

    private void onlyYanked(String path, String kind, String code, @Nullable String range, List<Candidate> within) {
        String lower = DraftSyntax.lower(code);
        String which = kind.equals("service")
                ? "every provider of the service %s in %s is yanked".formatted(lower, DraftSyntax.text(range))
                : "every version of the capability %s in %s is yanked%s"
                        .formatted(lower, DraftSyntax.text(range), newest(lower, within));
        warn(lower, path + "range", which + TAKEN, "range.only_yanked");
    }

    /** {@code  (1.3.0: loses carts)}. */
    private String newest(String code, List<Candidate> within) {
        SemVer newest =
                within.stream().map(Candidate::number).max(SemVer::compareTo).orElseThrow();
        return " (%s%s)"
                .formatted(newest, reason(code, newest).map(": "::concat).orElse(""));
    }

    private void pin(String field, String code, String version) {
        String lower = DraftSyntax.lower(code);
        parsedNumber(version)
                .filter(number -> warnings.size() < MOST)
                .filter(number -> standings
                        .of(lower, number.toString())
                        .filter(entry -> entry.state() == VersionState.YANKED)
                        .isPresent())
                .ifPresent(number -> warn(
                        lower,
                        field,
                        "%s %s is yanked%s%s"
                                .formatted(
                                        lower,
                                        number,
                                        reason(lower, number)
                                                .map(" (%s)"::formatted)
                                                .orElse(""),
                                        TAKEN),
                        "pin.yanked"));
    }

    private Optional<String> reason(String code, SemVer number) {
        return standings
                .of(code, number.toString())
                .map(VersionEntry::stateReason)
                .filter(reason -> !reason.isBlank())
                .map(String::strip);
    }

    private Stream<Candidate> candidates(String kind, String code) {
        return kind.equals("service") ? ofService(code) : ofCapability(code);
    }

    private Stream<Candidate> ofCapability(String code) {
        return snapshot.capability(code).map(CapabilityEntry::versions).orElse(List.of()).stream()
                .filter(version -> version.state() != VersionState.PURGED)
                .map(version -> new Candidate(version.number(), version.state() == VersionState.YANKED));
    }

    private Stream<Candidate> ofService(String code) {
        return snapshot.universe().providers(code).stream()
                .flatMap(provider -> snapshot.universe().versions(provider).stream())
                .flatMap(version -> version.provides().stream()
                        .filter(provision -> provision.service().equals(code))
                        .map(provision -> new Candidate(
                                provision.version(), version.marks().contains(Mark.YANKED))));
    }

    private void warn(String code, String field, String message, String warning) {
        warnings.add(new Warning(null, null, code, null, field, message, warning));
    }

    /** Empty if it is malformed, which is refused where the operation is applied. */
    private static Optional<VersionRange> parsed(@Nullable String range) {
        try {
            return Optional.of(VersionRange.parse(DraftSyntax.text(range)));
        } catch (VersionSyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<SemVer> parsedNumber(String version) {
        try {
            return Optional.of(SemVer.parse(version));
        } catch (VersionSyntaxException malformed) {
            return Optional.empty();
        }
    }
}
