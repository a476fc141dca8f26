package dev.apg.bench.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Root;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.PrereleaseRule;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SyntheticCatalogueTests {
    private final SyntheticCatalogue catalogue = new SyntheticCatalogue(1_000, 10, 42);
    private final List<CapabilityVersion> all = catalogue.all().toList();

    @Test
    void the_same_seed_gives_the_same_catalogue_on_every_machine() {
        // Recorded: results of different days and machines are about the same catalogue. If the generator changes on
        // purpose, so does this line, and earlier results no longer compare.
        assertThat(digest(new SyntheticCatalogue(200, 5, 42)))
                .hasToString("sha256:0cc7c9dbcac31486570be5044dd3328ed754e5840ce1d300a8e06b1906ff8874");
        assertThat(digest(new SyntheticCatalogue(200, 5, 43))).isNotEqualTo(digest(new SyntheticCatalogue(200, 5, 42)));
        assertThat(jsonLines(100, 7)).isEqualTo(jsonLines(100, 7)).isNotEqualTo(jsonLines(100, 8));
    }

    @Test
    void it_has_as_many_capabilities_and_versions_as_asked_for() {
        assertThat(all).hasSize(10_000);
        assertThat(all.stream().map(CapabilityVersion::code).distinct()).hasSize(1_000);
        assertThat(all.stream().map(CapabilityVersion::exact).distinct()).hasSize(10_000);
        assertThat(catalogue.universe().versionCount()).isEqualTo(10_000);
    }

    @Test
    void names_stay_distinct_beyond_the_words_there_are() {
        assertThat(IntStream.range(0, 250_000).mapToObj(Words::code).distinct()).hasSize(250_000);
        assertThat(IntStream.range(0, 20_000).mapToObj(Words::service).distinct())
                .hasSize(20_000);
        assertThat(Words.code(3)).matches("[a-z]+-[a-z]+-[a-z]+");
    }

    @Test
    void every_reference_is_to_something_that_exists() {
        Set<String> codes = all.stream().map(CapabilityVersion::code).collect(Collectors.toSet());
        Set<String> services = all.stream()
                .flatMap(version -> version.provides().stream())
                .map(provision -> provision.service())
                .collect(Collectors.toSet());
        assertThat(targets(all))
                .allSatisfy(target -> assertThat(target.kind() == Target.Kind.CAPABILITY ? codes : services)
                        .contains(target.code()));
    }

    @Test
    void what_is_needed_is_published_first_but_for_pairs_that_need_each_other() {
        Map<String, Integer> places = new HashMap<>();
        all.forEach(version -> places.putIfAbsent(version.code(), places.size()));
        Set<String> forward = new HashSet<>();
        for (CapabilityVersion version : all) {
            targets(List.of(version))
                    .filter(target -> target.kind() == Target.Kind.CAPABILITY)
                    .filter(target -> places.get(target.code()) > places.get(version.code()))
                    .forEach(target -> forward.add(version.code() + " " + target.code()));
        }
        assertThat(forward).hasSizeBetween(5, 20);
        assertThat(forward)
                .allSatisfy(pair -> assertThat(all)
                        .anyMatch(version -> version.code().equals(pair.split(" ")[1])
                                && targets(List.of(version))
                                        .anyMatch(back -> back.code().equals(pair.split(" ")[0]))));
    }

    @Test
    void the_first_versions_of_all_capabilities_go_together() {
        Map<String, CapabilityVersion> first = new HashMap<>();
        all.forEach(version -> first.putIfAbsent(version.code(), version));
        for (CapabilityVersion version : first.values()) {
            assertThat(version.marks()).isEmpty();
            assertThat(version.conflicts()).noneMatch(target -> meets(target, first));
            for (Requirement requirement : version.requirements()) {
                assertThat(requirement.anyOf()).anyMatch(target -> meets(target, first));
            }
        }
    }

    @Test
    void it_has_everything_that_a_real_catalogue_has() {
        Map<Strength, Long> strengths = all.stream()
                .flatMap(version -> version.requirements().stream())
                .collect(Collectors.groupingBy(Requirement::strength, Collectors.counting()));
        assertThat(strengths).containsOnlyKeys(Strength.values());
        assertThat(all).anyMatch(version -> version.number().isPrerelease());
        assertThat(all).anyMatch(version -> !version.marks().isEmpty());
        assertThat(all).anyMatch(version -> !version.conflicts().isEmpty());
        assertThat(all).anyMatch(version -> !version.provides().isEmpty());
        assertThat(all.stream().flatMap(version -> version.requirements().stream()))
                .anyMatch(requirement -> requirement.anyOf().size() > 1)
                .anyMatch(requirement -> requirement.anyOf().getFirst().kind() == Target.Kind.SERVICE);
    }

    @Test
    void roots_are_distinct_capabilities_of_the_catalogue() {
        Set<String> codes = all.stream().map(CapabilityVersion::code).collect(Collectors.toSet());
        List<Root> roots = catalogue.roots(100, 1);
        assertThat(roots.stream().map(root -> root.target().code()).distinct()).hasSize(100);
        assertThat(roots).allMatch(root -> codes.contains(root.target().code()));
        assertThat(roots).isEqualTo(catalogue.roots(100, 1)).isNotEqualTo(catalogue.roots(100, 2));
    }

    @Test
    void members_of_an_application_are_what_it_needs() {
        List<Root> members = catalogue.members(50, 1);
        assertThat(members.stream().map(root -> root.target().code()).distinct())
                .hasSize(50);
        assertThat(members).isEqualTo(catalogue.members(50, 1)).isNotEqualTo(catalogue.members(50, 2));
        Set<String> needed = all.stream()
                .filter(version ->
                        version.code().equals(members.getFirst().target().code()))
                .flatMap(version -> version.requirements().stream())
                .flatMap(requirement -> requirement.anyOf().stream())
                .map(Target::code)
                .collect(Collectors.toSet());
        assertThat(needed).contains(members.get(1).target().code());
    }

    @Test
    void publications_read_back_as_the_documents_they_were() {
        List<String> lines =
                new String(jsonLines(100, 7), StandardCharsets.UTF_8).lines().toList();
        List<VersionDocument> documents =
                new Publications(new SyntheticCatalogue(100, 3, 7)).documents().toList();
        assertThat(lines.stream().map(line -> WireJson.MAPPER.readValue(line, VersionDocument.class)))
                .isEqualTo(documents);
    }

    @Test
    void sizes_out_of_bounds_are_refused() {
        assertThatThrownBy(() -> new SyntheticCatalogue(99, 10, 1))
                .hasMessage("capabilities: 99 (expected: 100 to 1000000)");
        assertThatThrownBy(() -> new SyntheticCatalogue(100, 0, 1)).hasMessage("versions: 0 (expected: 1 to 1000)");
    }

    private static boolean meets(Target target, Map<String, CapabilityVersion> chosen) {
        if (target.kind() == Target.Kind.CAPABILITY) {
            return target.range().admits(chosen.get(target.code()).number(), PrereleaseRule.NPM);
        }
        return chosen.values().stream()
                .flatMap(version -> version.provides().stream())
                .anyMatch(provision -> provision.service().equals(target.code())
                        && target.range().admits(provision.version(), PrereleaseRule.NPM));
    }

    private static Stream<Target> targets(List<CapabilityVersion> versions) {
        return versions.stream()
                .flatMap(version -> Stream.concat(
                        version.conflicts().stream(),
                        version.requirements().stream().flatMap(requirement -> requirement.anyOf().stream())));
    }

    private static Digest digest(SyntheticCatalogue catalogue) {
        StringBuilder facts = new StringBuilder();
        catalogue.all().forEach(version -> {
            facts.append(version.exact()).append(version.marks()).append(version.cost());
            version.provides().forEach(each -> facts.append(each.service()).append(each.version()));
            version.requirements().forEach(each -> facts.append(each.strength()).append(each.anyOf()));
            facts.append(version.conflicts()).append('\n');
        });
        return Digest.of(facts.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] jsonLines(int capabilities, long seed) {
        StringWriter out = new StringWriter();
        new Publications(new SyntheticCatalogue(capabilities, 3, seed)).writeJsonLines(out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
