package dev.apg.bench.catalogue;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.About;
import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.RuntimeDescriptor;
import dev.apg.contract.capability.RuntimeDescriptor.EnvironmentVariable;
import dev.apg.contract.capability.RuntimeDescriptor.Port;
import dev.apg.contract.capability.RuntimeDescriptor.ProviderAddress;
import dev.apg.contract.capability.Strength;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.resolver.CapabilityVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A synthetic catalogue as people would publish it, in the format {@code apg.version/1}. Yanking and deprecating are
 * acts after publishing and not part of it.
 */
public final class Publications {
    private static final List<String> VERBS =
            List.of("Keeps", "Checks", "Routes", "Collects", "Renders", "Matches", "Forecasts", "Reconciles");

    /** One property, for the order of a map's members may differ between runs. */
    private static final Map<String, Object> CONFIGURATION =
            Map.of("properties", Map.of("log_level", Map.of("type", "string")));

    private final SyntheticCatalogue catalogue;

    public Publications(SyntheticCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** One document a line; what is needed comes first, but for the few that need each other. */
    public void writeJsonLines(Writer out) {
        writeJsonLines(out, 0, catalogue.capabilities());
    }

    /** Those of the capabilities from one index up to another, that one left out. */
    public void writeJsonLines(Writer out, int from, int end) {
        IntStream.range(from, end).boxed().flatMap(this::documents).forEach(document -> {
            try {
                out.write(WireJson.MAPPER.writeValueAsString(document));
                out.write('\n');
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    public Stream<VersionDocument> documents() {
        return IntStream.range(0, catalogue.capabilities()).boxed().flatMap(this::documents);
    }

    /** The documents of the capability with this index, oldest first. */
    public Stream<VersionDocument> documents(int index) {
        About about = about(index);
        return catalogue.versions(index).stream().map(version -> document(version, about));
    }

    private static VersionDocument document(CapabilityVersion version, About about) {
        return new VersionDocument(
                VersionDocument.FORMAT,
                version.code(),
                version.number().toString(),
                about,
                version.provides().stream()
                        .map(each ->
                                new Provision(each.service(), each.version().toString()))
                        .toList(),
                version.requirements().stream().map(Publications::requirement).toList(),
                version.conflicts().stream().map(Publications::target).toList(),
                List.of(),
                CONFIGURATION,
                version.cost(),
                runtime(version));
    }

    private static Requirement requirement(dev.apg.resolver.Requirement requirement) {
        return new Requirement(
                requirement.name(),
                Strength.valueOf(requirement.strength().name()),
                requirement.anyOf().stream().map(Publications::target).toList(),
                null,
                null,
                null);
    }

    private static Target target(dev.apg.resolver.Target target) {
        return switch (target.kind()) {
            case CAPABILITY -> new Target(target.code(), null, target.range().text());
            case SERVICE -> new Target(null, target.code(), target.range().text());
        };
    }

    private static About about(int index) {
        String domain = Words.domain(index);
        String subject = Words.subject(index);
        String role = Words.role(index);
        String verb = VERBS.get(index % VERBS.size());
        String title = domain.substring(0, 1).toUpperCase(Locale.ROOT) + domain.substring(1);
        return new About(
                title + " " + subject + " " + role,
                "%s every %s of the %s domain and offers it to applications as a %s."
                        .formatted(verb, subject, domain, role),
                domain,
                subject,
                "team-" + domain,
                List.of(domain, role),
                List.of(subject, verb.toLowerCase(Locale.ROOT)));
    }

    private static RuntimeDescriptor runtime(CapabilityVersion version) {
        Stream<EnvironmentVariable> settings = Stream.of(
                new EnvironmentVariable("PORT", "8080", null, null, null),
                new EnvironmentVariable("LOG_LEVEL", null, "log_level", null, null));
        Stream<EnvironmentVariable> addresses = version.requirements().stream()
                .filter(requirement -> requirement.strength() == dev.apg.resolver.Strength.REQUIRED)
                .map(requirement -> new EnvironmentVariable(
                        requirement.name().replace('-', '_').toUpperCase(Locale.ROOT) + "_ADDR",
                        null,
                        null,
                        new ProviderAddress(requirement.name(), null, null),
                        null));
        String service = version.provides().isEmpty()
                ? null
                : version.provides().getFirst().service();
        return new RuntimeDescriptor(
                "registry.example/" + version.code() + ":" + version.number(),
                List.of(),
                List.of(),
                1000L,
                true,
                List.of(new Port("http", 8080, null, service, false)),
                Stream.concat(settings, addresses).toList(),
                List.of(),
                null,
                null,
                null);
    }
}
