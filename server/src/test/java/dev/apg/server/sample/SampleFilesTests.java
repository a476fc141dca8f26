package dev.apg.server.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.apg.contract.WireJson;
import dev.apg.contract.capability.HealthKind;
import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.RuntimeDescriptor;
import dev.apg.contract.capability.RuntimeDescriptor.EnvironmentVariable;
import dev.apg.contract.capability.RuntimeDescriptor.Port;
import dev.apg.contract.capability.RuntimeDescriptor.ProviderAddress;
import dev.apg.contract.capability.Strength;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.Member;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.sample.Sample.CapabilityFile;
import dev.apg.server.sample.Sample.CompositionFile;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples are consistent in themselves, so that each can be published alone. */
class SampleFilesTests {
    static List<Sample> samples() {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void documents_keep_the_bounds_and_lie_where_their_names_say(Sample sample) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            Validator validator = factory.getValidator();
            for (CapabilityFile file : sample.versions()) {
                VersionDocument version = file.document();
                assertThat(validator.validate(version)).as(file.toString()).isEmpty();
                assertThat(file.path())
                        .hasToString(version.capability() + "/" + version.version() + ".capability.yaml");
            }
            for (CompositionFile file : sample.compositions()) {
                assertThat(validator.validate(file.document()))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_sample_has_a_composition_and_an_impossible_request(Sample sample) {
        assertThat(sample.compositions())
                .extracting(CompositionFile::toString)
                .contains("composition.yaml", "impossible.yaml");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_reference_is_met_inside_the_sample(Sample sample) {
        for (CapabilityFile file : sample.versions()) {
            for (Requirement requirement : file.document().requirements()) {
                boolean inShort = requirement.anyOf() == null;
                assertThat(inShort || (requirement.capability() == null && requirement.service() == null))
                        .as("%s: requirement %s is written one way", file, requirement.name())
                        .isTrue();
                for (Target target : requirement.targets()) {
                    assertMet(sample, file.toString(), target);
                }
                if (requirement.strength() == Strength.OPTIONAL) {
                    assertThat(requirement.targets()).as(file.toString()).hasSize(1);
                }
            }
            file.document().conflicts().forEach(target -> assertMet(sample, file.toString(), target));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_variable_has_one_source_and_the_source_exists(Sample sample) {
        for (CapabilityFile file : sample.versions()) {
            VersionDocument version = file.document();
            for (EnvironmentVariable variable : environment(version)) {
                String place = file + ": " + variable.name();
                assertThat(Stream.of(variable.value(), variable.configuration(), variable.provider(), variable.secret())
                                .filter(Objects::nonNull))
                        .as(place)
                        .hasSize(1);
                if (variable.provider() != null) {
                    assertReachable(sample, place, version, variable.provider());
                }
                if (variable.configuration() != null) {
                    assertThat(hasKey(version.configurationSchema(), variable.configuration()))
                            .as("%s: configuration key %s", place, variable.configuration())
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void names_inside_a_version_are_unique_and_refer_to_something(Sample sample) {
        for (CapabilityFile file : sample.versions()) {
            VersionDocument version = file.document();
            assertThat(version.requirements().stream().map(SampleFilesTests::name))
                    .as(file.toString())
                    .doesNotHaveDuplicates();
            assertThat(environment(version).stream().map(EnvironmentVariable::name))
                    .as(file.toString())
                    .doesNotHaveDuplicates();
            assertThat(ports(version).stream().map(Port::name))
                    .as(file.toString())
                    .doesNotHaveDuplicates();
            for (Port port : ports(version)) {
                if (port.service() != null) {
                    assertThat(version.provides())
                            .as("%s: port %s", file, port.name())
                            .anyMatch(provision -> provision.service().equals(port.service()));
                }
            }
            var health = version.runtime() == null ? null : version.runtime().health();
            if (health != null) {
                assertThat(health.kind() == HealthKind.COMMAND || port(version, health.port()))
                        .as("%s: health port %s", file, health.port())
                        .isTrue();
                assertThat(health.path() != null)
                        .as("%s: health path", file)
                        .isEqualTo(health.kind() == HealthKind.HTTP);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void members_exist_and_what_they_are_given_fits_their_schema(Sample sample) {
        for (CompositionFile file : sample.compositions()) {
            DraftDocument draft = file.document();
            for (Member member : draft.members()) {
                Target target = new Target(member.capability(), null, member.range());
                assertMet(sample, file.toString(), target);
                if (member.configuration() != null) {
                    assertAccepted(sample, file.toString(), target, member.configuration());
                }
            }
            draft.services().forEach(s -> assertMet(sample, file.toString(), new Target(null, s.service(), s.range())));
            draft.exclusions()
                    .forEach(e -> assertMet(sample, file.toString(), new Target(e.capability(), null, e.range())));
            draft.pins().forEach((code, number) -> assertMet(sample, file.toString(), new Target(code, null, number)));
            draft.configuration().forEach((code, configuration) -> {
                VersionDocument newest = newest(sample, code);
                assertAccepted(sample, file.toString(), new Target(code, null, newest.version()), configuration);
            });
        }
    }

    @Test
    void two_samples_in_one_tenant_do_not_describe_the_same_capability() {
        Set<String> seen = new HashSet<>();
        for (Sample sample : Sample.all()) {
            Set<String> codes = new HashSet<>();
            sample.versions().forEach(file -> codes.add(file.document().capability()));
            assertThat(seen).as(sample.name()).doesNotContainAnyElementsOf(codes);
            seen.addAll(codes);
        }
    }

    private static void assertMet(Sample sample, String place, Target target) {
        assertThat(sample.providers(target)).as("%s: %s", place, target).isNotEmpty();
    }

    /** Whichever version meets the requirement, the variable can be filled from it; see docs/formats.md. */
    private static void assertReachable(Sample sample, String place, VersionDocument version, ProviderAddress address) {
        List<Requirement> named = version.requirements().stream()
                .filter(requirement -> name(requirement).equals(address.requirement()))
                .toList();
        assertThat(named).as("%s: requirement %s", place, address.requirement()).hasSize(1);
        for (Target target : named.getFirst().targets()) {
            for (VersionDocument provider : sample.providers(target)) {
                boolean found = address.port() != null
                        ? port(provider, address.port())
                        : ports(provider).size() == 1
                                || ports(provider).stream()
                                                .filter(port -> Objects.equals(port.service(), target.service()))
                                                .count()
                                        == 1;
                assertThat(found)
                        .as("%s: port %s of %s %s", place, address.port(), provider.capability(), provider.version())
                        .isTrue();
            }
        }
    }

    private static void assertAccepted(Sample sample, String place, Target target, Map<String, Object> configuration) {
        for (VersionDocument version : sample.providers(target)) {
            assertThat(version.configurationSchema())
                    .as("%s: schema of %s %s", place, version.capability(), version.version())
                    .isNotNull();
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(WireJson.MAPPER.valueToTree(version.configurationSchema()));
            assertThat(schema.validate(WireJson.MAPPER.valueToTree(configuration)))
                    .as("%s: configuration of %s %s", place, version.capability(), version.version())
                    .isEmpty();
        }
    }

    private static boolean hasKey(Map<String, Object> schema, String dottedPath) {
        Object at = schema;
        for (String key : dottedPath.split("\\.")) {
            at = at instanceof Map<?, ?> object && object.get("properties") instanceof Map<?, ?> properties
                    ? properties.get(key)
                    : null;
        }
        return at != null;
    }

    private static VersionDocument newest(Sample sample, String code) {
        return sample.providers(new Target(code, null, "*")).stream()
                .max((a, b) -> SemVer.parse(a.version()).compareTo(SemVer.parse(b.version())))
                .orElseThrow(() -> new AssertionError("no capability " + code + " in " + sample));
    }

    private static String name(Requirement requirement) {
        Target first = requirement.targets().getFirst();
        return Objects.requireNonNullElse(
                requirement.name(), Objects.requireNonNullElse(first.capability(), first.service()));
    }

    private static List<EnvironmentVariable> environment(VersionDocument version) {
        RuntimeDescriptor runtime = version.runtime();
        return runtime == null ? List.of() : runtime.environment();
    }

    private static List<Port> ports(VersionDocument version) {
        RuntimeDescriptor runtime = version.runtime();
        return runtime == null ? List.of() : runtime.ports();
    }

    private static boolean port(VersionDocument version, String name) {
        return ports(version).stream().anyMatch(port -> port.name().equals(name));
    }
}
