package dev.apg.server.composition;

import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.catalog.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of ranges in operations that no version is in. They are accepted: the version may be still to come. */
final class RangeWarnings {
    private static final int MOST = 50;

    private final Snapshot snapshot;
    private final List<Warning> warnings = new ArrayList<>();

    private RangeWarnings(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * At most 50.
     *
     * @param place the path of the list of operations; empty if the only operation is a document that is the request itself
     */
    static List<Warning> of(Snapshot snapshot, List<DraftOperation> operations, String place) {
        var found = new RangeWarnings(snapshot);
        for (int i = 0; i < operations.size(); i++) {
            found.look(operations.get(i), place.isEmpty() ? "" : "%s[%d].".formatted(place, i));
        }
        return found.warnings;
    }

    private void look(DraftOperation operation, String path) {
        switch (operation) {
            case DraftOperation.AddMember add -> capability(path, add.capability(), add.range());
            case DraftOperation.SetRange set -> capability(path, set.capability(), set.range());
            case DraftOperation.RequireService require -> service(path, require.service(), require.range());
            case DraftOperation.Exclude exclude -> capability(path, exclude.capability(), exclude.range());
            case DraftOperation.Replace(DraftDocument document) -> {
                String inside = path.isEmpty() ? "" : path + "document.";
                for (int i = 0; i < document.members().size(); i++) {
                    var member = document.members().get(i);
                    capability("%smembers[%d].".formatted(inside, i), member.capability(), member.range());
                }
                for (int i = 0; i < document.services().size(); i++) {
                    var service = document.services().get(i);
                    service("%sservices[%d].".formatted(inside, i), service.service(), service.range());
                }
                for (int i = 0; i < document.exclusions().size(); i++) {
                    var exclusion = document.exclusions().get(i);
                    capability("%sexclusions[%d].".formatted(inside, i), exclusion.capability(), exclusion.range());
                }
            }
            case DraftOperation.RemoveMember remove -> {}
            case DraftOperation.SetConfiguration set -> {}
            case DraftOperation.DropService drop -> {}
            case DraftOperation.Pin pin -> {}
            case DraftOperation.Unpin unpin -> {}
            case DraftOperation.Include include -> {}
            case DraftOperation.SetPolicy set -> {}
        }
    }

    private void capability(String path, String code, @Nullable String range) {
        look(path, "capability", code, range, lower -> snapshot.universe().numbers(lower).stream());
    }

    private void service(String path, String code, @Nullable String range) {
        look(
                path,
                "service",
                code,
                range,
                lower -> snapshot.universe().providers(lower).stream()
                        .flatMap(provider -> snapshot.universe().versions(provider).stream())
                        .flatMap(version -> version.provides().stream())
                        .filter(provision -> provision.service().equals(lower))
                        .map(provision -> provision.version()));
    }

    private void look(
            String path, String kind, String code, @Nullable String range, Function<String, Stream<SemVer>> versions) {
        Optional<VersionRange> wanted = parsed(range);
        String lower = DraftSyntax.lower(code);
        // Whether a policy takes pre-releases is not known here.
        if (warnings.size() >= MOST
                || wanted.isEmpty()
                || versions.apply(lower).anyMatch(each -> wanted.get().admits(each, PrereleaseRule.INCLUDE))) {
            return;
        }
        String newest = versions.apply(lower)
                .max(SemVer::compareTo)
                .map(newestVersion -> "; the newest is " + newestVersion)
                .orElse("");
        warnings.add(new Warning(
                null,
                null,
                lower,
                null,
                path + "range",
                "no version of the %s %s is in %s yet%s".formatted(kind, lower, DraftSyntax.text(range), newest),
                "range.matches_nothing"));
    }

    /** Empty if it is malformed, which is refused where the operation is applied. */
    private static Optional<VersionRange> parsed(@Nullable String range) {
        try {
            return Optional.of(VersionRange.parse(DraftSyntax.text(range)));
        } catch (VersionSyntaxException malformed) {
            return Optional.empty();
        }
    }
}
