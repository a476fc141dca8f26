package dev.apg.server.platform;

import dev.apg.resolver.version.SemVer;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody who named a version that does not exist may have meant. */
public final class NearVersions {
    private NearVersions() {}

    /**
     * What would have been accepted: the versions right below and above the one that was named, and the newest; pre-releases
     * only where one was named, or where there is nothing else. Linear in the known versions.
     *
     * @param code of the capability
     */
    public static String expected(String code, SemVer wanted, Collection<SemVer> known) {
        return known.isEmpty()
                ? "a version of %s, which has none".formatted(code)
                : "a version of %s, such as %s".formatted(code, around(wanted, meant(wanted, known)));
    }

    private static Collection<SemVer> meant(SemVer wanted, Collection<SemVer> known) {
        List<SemVer> releases =
                known.stream().filter(each -> !each.isPrerelease()).toList();
        return wanted.isPrerelease() || releases.isEmpty() ? known : releases;
    }

    private static String around(SemVer wanted, Collection<SemVer> known) {
        Set<SemVer> near = new LinkedHashSet<>();
        known.stream()
                .filter(each -> each.compareTo(wanted) < 0)
                .max(Comparator.naturalOrder())
                .ifPresent(near::add);
        known.stream()
                .filter(each -> each.compareTo(wanted) > 0)
                .min(Comparator.naturalOrder())
                .ifPresent(near::add);
        known.stream().max(Comparator.naturalOrder()).ifPresent(near::add);
        return near.stream().map(SemVer::toString).collect(Collectors.joining(", "));
    }
}
