package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.capability.VersionDetail;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.catalog.CapabilityDetail;
import dev.apg.contract.catalog.Edge;
import dev.apg.contract.catalog.Relation;
import dev.apg.contract.catalog.ServiceDetail;
import dev.apg.contract.catalog.ServiceProvider;
import dev.apg.contract.catalog.ServiceProvider.ProvidedVersion;
import dev.apg.contract.catalog.VersionSummary;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows a capability with its versions, what one of them needs, and who needs it. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Show a capability, its versions, what a version needs and provides, and who needs it; or a service.",
        footer = {
            "",
            "With --json: an object with capability, versions, version (the named or the newest one) and dependents.",
            "Of a service it shows who provides it; with --json an object with service.",
            "",
            "Examples:",
            "  apg show online-boutique-cart",
            "  apg show online-boutique-cart@0.10.2 --json"
        })
public final class ShowCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "CAPABILITY[@VERSION]", description = "Default: its newest version.")
    String capability;

    @Override
    public Integer call() {
        Named named = Named.capability(capability);
        ApgClient client = server.client();
        String path = "/api/v1/capabilities/" + ApgClient.segment(named.code());
        JsonNode detail;
        try {
            detail = client.get(path);
        } catch (ProblemException refused) {
            return service(client, named, refused);
        }
        JsonNode versions = client.get(path + "/versions?limit=" + SHOWN);
        Page<VersionSummary> list = ApgClient.read(versions, new TypeReference<>() {});
        Optional<JsonNode> version = named.version()
                .or(() -> newest(list))
                .map(number -> client.get(path + "/versions/" + ApgClient.segment(number)));
        JsonNode dependents = client.get(path + "/dependents?limit=" + SHOWN);
        if (server.json) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            whole.set("capability", detail);
            whole.set("versions", versions);
            version.ifPresent(node -> whole.set("version", node));
            whole.set("dependents", dependents);
            server.printJson(whole);
            return ExitCode.OK.code();
        }
        print(ApgClient.read(detail, CapabilityDetail.class));
        print(list);
        version.map(node -> VersionText.of(ApgClient.read(node, VersionDetail.class)))
                .ifPresent(server.out()::print);
        print(ApgClient.read(dependents, new TypeReference<Page<Relation>>() {}), named.code());
        return ExitCode.OK.code();
    }

    /** What has no capability of its name may be a service. */
    private int service(ApgClient client, Named named, ProblemException refused) {
        if (!refused.problem().code().equals("capability.not_found")
                || named.version().isPresent()) {
            throw refused;
        }
        JsonNode answer;
        try {
            answer = client.get("/api/v1/services/%s?limit=%d".formatted(ApgClient.segment(named.code()), SHOWN));
        } catch (ProblemException | CommandFailure noService) {
            throw refused;
        }
        if (server.json) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            whole.set("service", answer);
            server.printJson(whole);
            return ExitCode.OK.code();
        }
        ServiceDetail service = ApgClient.read(answer, ServiceDetail.class);
        server.out()
                .printf(
                        "%s is a service, not a capability. %s%n",
                        service.code(),
                        server.sentence("`apg compose require COMPOSITION %s` asks for it.".formatted(service.code())));
        if (!service.description().isBlank()) {
            server.out().print("\n" + Table.clean(service.description().strip()).indent(2));
        }
        if (service.providers().items().isEmpty()) {
            server.out().println("Nothing provides it yet.");
            return ExitCode.OK.code();
        }
        var table = new Table("PROVIDED BY", "VERSIONS", "AS");
        for (ServiceProvider provider : service.providers().items()) {
            table.row(
                    provider.capability(),
                    provider.provisions().stream().map(ProvidedVersion::number).collect(Collectors.joining(" ")),
                    provider.provisions().stream()
                            .map(ProvidedVersion::serviceVersion)
                            .distinct()
                            .collect(Collectors.joining(" ")));
        }
        server.out().print("\n" + table);
        rest(service.providers());
        return ExitCode.OK.code();
    }

    private static Optional<String> newest(Page<VersionSummary> versions) {
        return versions.items().stream()
                .filter(version -> version.state() == VersionState.PUBLISHED)
                .findFirst()
                .or(() -> versions.items().stream().findFirst())
                .map(VersionSummary::number);
    }

    private void print(CapabilityDetail detail) {
        var table = new Table("CAPABILITY", detail.code());
        table.row("name", detail.displayName());
        table.row("status", detail.status().wire());
        table.row("category", detail.category() + (detail.subcategory().isEmpty() ? "" : " / " + detail.subcategory()));
        table.row("owner", detail.owner());
        table.row("tags", String.join(", ", detail.tags()));
        table.row("changed", detail.updatedAt());
        server.out().print(table);
        if (!detail.description().isBlank()) {
            server.out().print("\n" + Table.clean(detail.description().strip()).indent(2));
        }
    }

    private void print(Page<VersionSummary> versions) {
        if (versions.items().isEmpty()) {
            server.out().println("\nIt has no version yet.");
            return;
        }
        var table = new Table("VERSION", "STATE", "PUBLISHED", "DIGEST");
        versions.items()
                .forEach(version -> table.row(
                        version.number(),
                        version.state().wire(),
                        version.publishedAt(),
                        Table.digest(version.digest())));
        server.out().print("\n" + table);
        rest(versions);
        versions.items().stream()
                .filter(version -> version.stateReason() != null)
                .forEach(version -> server.out()
                        .println("  %s is %s: %s"
                                .formatted(
                                        version.number(),
                                        version.state().wire(),
                                        Table.clean(String.valueOf(version.stateReason())))));
    }

    private void print(Page<Relation> dependents, String code) {
        if (dependents.items().isEmpty()) {
            server.out().printf("%nNothing depends on %s.%n", code);
            return;
        }
        var table = new Table("NEEDED BY", "VERSIONS", "REQUIREMENT", "RANGE");
        for (Relation relation : dependents.items()) {
            // Its versions may need this one in different ranges.
            for (Edge edge : relation.edges()) {
                int others = edge.versionCount() - edge.versions().size();
                table.row(
                        relation.code(),
                        String.join(" ", edge.versions()) + (others == 0 ? "" : " and %d more".formatted(others)),
                        edge.requirement() == null ? "" : edge.requirement(),
                        edge.range());
            }
        }
        server.out().print("\n" + table);
        rest(dependents);
    }

    private void rest(Page<?> page) {
        if (page.nextCursor() != null) {
            server.out()
                    .printf("… and %d more%n", page.totalCount() - page.items().size());
        }
    }
}
