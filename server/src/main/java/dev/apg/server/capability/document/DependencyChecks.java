package dev.apg.server.capability.document;

import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.Strength;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import dev.apg.resolver.version.VersionSyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a version provides, requires and excludes. */
final class DependencyChecks {
    private DependencyChecks() {}

    /** What only the document as written shows: both ways of writing a requirement at once. */
    static void spelling(VersionDocument document, Findings findings) {
        for (int i = 0; i < document.requirements().size(); i++) {
            Requirement requirement = document.requirements().get(i);
            if (requirement.anyOf() != null
                    && (requirement.capability() != null
                            || requirement.service() != null
                            || requirement.range() != null)) {
                findings.error(
                        "requirements[" + i + "]", null, "either any_of or one target's fields", "requirement.form");
            }
        }
    }

    /**
     * @param normal in normal form
     * @param written as it came, for the paths of its fields
     */
    static void check(VersionDocument normal, VersionDocument written, Findings findings) {
        provisions(normal.provides(), findings);
        requirements(normal, written, findings);
        for (int i = 0; i < normal.conflicts().size(); i++) {
            String field = "conflicts[" + i + "]";
            Target conflict = normal.conflicts().get(i);
            target(conflict, field, findings);
            if (names(conflict, normal.capability())) {
                findings.error(
                        field + ".capability",
                        conflict.capability(),
                        "another capability: only one version of a capability is in a composition anyway",
                        "conflict.self");
            }
        }
    }

    private static void provisions(List<Provision> provides, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < provides.size(); i++) {
            Provision provision = provides.get(i);
            String field = "provides[" + i + "]";
            @Nullable String number = provision.version();
            if (number != null) {
                try {
                    SemVer.parse(number);
                } catch (VersionSyntaxException notSemVer) {
                    findings.error(field + ".version", number, notSemVer.expected(), "version.malformed");
                }
                if (!seen.add(provision.service() + "@" + number)) {
                    findings.error(
                            field, provision.service() + "@" + number, "each service and version once", "duplicate");
                }
            }
        }
    }

    private static void requirements(VersionDocument normal, VersionDocument written, Findings findings) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < normal.requirements().size(); i++) {
            Requirement requirement = normal.requirements().get(i);
            String field = "requirements[" + i + "]";
            boolean inShort = written.requirements().get(i).anyOf() == null;
            List<Target> targets = requirement.targets();
            for (int j = 0; j < targets.size(); j++) {
                String at = inShort ? field : field + ".any_of[" + j + "]";
                target(targets.get(j), at, findings);
                if (names(targets.get(j), normal.capability())) {
                    findings.error(
                            at + ".capability",
                            targets.get(j).capability(),
                            "another capability: a version cannot require its own",
                            "requirement.self");
                }
            }
            if (requirement.strength() == Strength.OPTIONAL && targets.size() > 1) {
                findings.error(
                        field + ".any_of", targets.size() + " of them", "one target, as it is optional", "wrong_size");
            }
            @Nullable String name = requirement.name();
            if (name != null && !names.add(name)) {
                findings.error(
                        field + ".name", name, "a name that no other requirement of this version has", "duplicate");
            }
        }
    }

    private static boolean names(Target target, @Nullable String capability) {
        return capability != null && capability.equals(target.capability());
    }

    private static void target(Target target, String field, Findings findings) {
        if ((target.capability() == null) == (target.service() == null) && findings.isReadable(field)) {
            findings.error(field, null, "exactly one of capability and service", "target.form");
        }
        if (target.range() != null) {
            try {
                VersionRange.parse(target.range());
            } catch (VersionSyntaxException notRange) {
                findings.error(field + ".range", target.range(), notRange.expected(), "range.malformed");
            }
        }
    }
}
