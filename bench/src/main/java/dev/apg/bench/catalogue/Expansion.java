package dev.apg.bench.catalogue;

import dev.apg.bench.peer.TestTags;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.Mark;
import dev.apg.resolver.Provision;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A synthetic catalogue for a solver that knows no ranges: each group of targets becomes the set of versions that meet it,
 * under the default policy. Versions are numbered in the order of {@link SyntheticCatalogue#all}, without those that are
 * yanked or that the policy refuses for another reason.
 */
public final class Expansion {
    private final SyntheticCatalogue catalogue;

    /** By code, the numbers of its versions, ascending, and the id of the first. */
    private final Map<String, Versions> versions = new HashMap<>();

    /** By service, who provides it. */
    private final Map<String, List<Provider>> providers = new HashMap<>();

    private record Versions(int first, List<SemVer> numbers) {}

    private record Provider(int id, SemVer own, SemVer provided) {}

    /** By what they say. */
    private final Map<String, Integer> sets = new LinkedHashMap<>();

    /** By version, the sets that it is a member of. */
    private final List<IntList> memberships = new ArrayList<>();

    public Expansion(SyntheticCatalogue catalogue) {
        this.catalogue = catalogue;
        for (int i = 0; i < catalogue.capabilities(); i++) {
            List<CapabilityVersion> known = known(i);
            if (!known.isEmpty()) {
                int first = memberships.size();
                String code = known.getFirst().code();
                versions.put(
                        code,
                        new Versions(
                                first,
                                known.stream().map(CapabilityVersion::number).toList()));
                for (CapabilityVersion version : known) {
                    for (Provision provision : version.provides()) {
                        providers
                                .computeIfAbsent(provision.service(), _ -> new ArrayList<>())
                                .add(new Provider(memberships.size(), version.number(), provision.version()));
                    }
                    memberships.add(new IntList());
                }
            }
        }
        for (int i = 0; i < catalogue.capabilities(); i++) {
            known(i).forEach(version -> {
                version.requirements().forEach(this::set);
                version.conflicts().forEach(this::opposed);
            });
        }
    }

    private List<CapabilityVersion> known(int index) {
        return catalogue.versions(index).stream()
                .filter(version -> version.marks().stream().allMatch(mark -> mark == Mark.DEPRECATED))
                .toList();
    }

    /** The set of what meets a target. */
    public int wanted(Target target) {
        return set(List.of(target));
    }

    private int set(Requirement requirement) {
        return requirement.strength() == Strength.OPTIONAL
                ? unfit(requirement.anyOf().getFirst())
                : set(requirement.anyOf());
    }

    private int set(List<Target> anyOf) {
        String says = anyOf.stream().map(Expansion::says).sorted().collect(Collectors.joining(" | "));
        return sets.computeIfAbsent(says, _ -> {
            int set = sets.size();
            anyOf.stream()
                    .flatMap(target -> members(target, PrereleaseRule.NPM).stream())
                    .distinct()
                    .forEach(member -> memberships.get(member).add(set));
            return set;
        });
    }

    private int opposed(Target target) {
        return sets.computeIfAbsent("not " + says(target), _ -> {
            int set = sets.size();
            members(target, PrereleaseRule.INCLUDE)
                    .forEach(member -> memberships.get(member).add(set));
            return set;
        });
    }

    /** What an optional requirement does not admit. */
    private int unfit(Target target) {
        return sets.computeIfAbsent("only " + says(target), _ -> {
            int set = sets.size();
            switch (target.kind()) {
                case CAPABILITY -> {
                    Versions all = versions.getOrDefault(target.code(), new Versions(0, List.of()));
                    for (int i = 0; i < all.numbers.size(); i++) {
                        if (!target.range().admits(all.numbers.get(i), PrereleaseRule.NPM)) {
                            memberships.get(all.first + i).add(set);
                        }
                    }
                }
                case SERVICE ->
                    providers.getOrDefault(target.code(), List.of()).stream()
                            .filter(each -> !target.range().admits(each.provided, PrereleaseRule.NPM))
                            .forEach(each -> memberships.get(each.id).add(set));
            }
            return set;
        });
    }

    private static String says(Target target) {
        return target.kind() + " " + target.code() + " " + target.range().text();
    }

    private List<Integer> members(Target target, PrereleaseRule rule) {
        return switch (target.kind()) {
            case CAPABILITY -> {
                Versions all = versions.getOrDefault(target.code(), new Versions(0, List.of()));
                int[] slices = target.range().slices(all.numbers, rule);
                List<Integer> members = new ArrayList<>();
                for (int i = 0; i < slices.length; i += 2) {
                    for (int at = slices[i]; at < slices[i + 1]; at++) {
                        members.add(all.first + at);
                    }
                }
                yield members;
            }
            case SERVICE ->
                providers.getOrDefault(target.code(), List.of()).stream()
                        .filter(each -> rule == PrereleaseRule.INCLUDE || !each.own.isPrerelease())
                        .filter(each -> target.range().admits(each.provided, rule))
                        .map(Provider::id)
                        .toList();
        };
    }

    /** Writes all versions. What will be asked for must have been named by {@link #wanted} before. */
    public void write(Path file) throws IOException {
        try (TestTags out = new TestTags(file)) {
            int id = 0;
            for (int i = 0; i < catalogue.capabilities(); i++) {
                for (CapabilityVersion version : known(i)) {
                    out.begin(i, id);
                    write(version, out);
                    IntList member = memberships.get(id++);
                    for (int k = 0; k < member.size(); k++) {
                        out.provides(member.get(k));
                    }
                }
            }
        }
    }

    private void write(CapabilityVersion version, TestTags out) throws IOException {
        for (Requirement requirement : version.requirements()) {
            int set = set(requirement);
            switch (requirement.strength()) {
                case REQUIRED -> out.requires(set);
                case RECOMMENDED -> out.recommends(set);
                case OPTIONAL -> out.conflicts(set);
                case ENHANCING -> {}
            }
        }
        for (Target target : version.conflicts()) {
            out.conflicts(opposed(target));
        }
    }
}
