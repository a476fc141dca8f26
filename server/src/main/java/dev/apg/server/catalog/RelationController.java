package dev.apg.server.catalog;

import dev.apg.contract.Page;
import dev.apg.contract.catalog.Edge;
import dev.apg.contract.catalog.NodeKind;
import dev.apg.contract.catalog.NodeName;
import dev.apg.contract.catalog.Relation;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Filters;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.Paging;
import dev.apg.server.web.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who needs whom. */
@RestController
@RequestMapping("/api/v1")
class RelationController {
    private static final int SHOWN_EDGES = 50;

    private final Catalog catalog;
    private final HeavyWork heavyWork;

    RelationController(Catalog catalog, HeavyWork heavyWork) {
        this.catalog = catalog;
        this.heavyWork = heavyWork;
    }

    /** Something reached, as a page sorts it: nearest first. */
    private record Reached(int depth, NodeName node) {
        static final Comparator<Reached> ORDER =
                Comparator.comparingInt(Reached::depth).thenComparing(Reached::node);

        List<String> toList() {
            return List.of(Integer.toString(depth), node.kind().name(), node.code());
        }

        static Reached of(List<String> list) {
            return new Reached(Integer.parseInt(list.get(0)), new NodeName(NodeKind.valueOf(list.get(1)), list.get(2)));
        }
    }

    @GetMapping("/capabilities/{code}/dependencies")
    @Operation(
            summary = "List what a version of a capability depends on",
            description =
                    "Nearest first. Further away it is the newest versions that count, and every provider of a service.")
    @Parameter(in = ParameterIn.QUERY, name = "version", description = "default: the newest")
    @Parameter(in = ParameterIn.QUERY, name = "transitive", schema = @Schema(type = "boolean"))
    ResponseEntity<Page<Relation>> listDependencies(
            TenantContext context,
            @PathVariable String code,
            Paging paging,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        context.require(Permission.CATALOG_READ);
        var filters = new Filters(parameters);
        boolean transitive = filters.flag("transitive");
        @Nullable String number = filters.single("version");
        String scope = "dependencies %s %s %s".formatted(code, number, transitive);
        Optional<Reached> after = paging.after(scope, Reached::of);
        Snapshot snapshot = catalog.snapshot(context);
        Optional<CapabilityVersion> version = version(snapshot, snapshot.require(code), number);
        Page<Relation> page = version.map(root -> heavyWork.run(context, () -> {
                    var relations = Relations.dependencies(snapshot, root, transitive);
                    return page(paging, scope, after, relations, node -> relations.towardsRoot(node, root));
                }))
                .orElseGet(() -> new Page<>(List.of(), null, 0));
        return ResponseEntity.ok().headers(CursorHeader.at(snapshot.cursor())).body(page);
    }

    @GetMapping("/capabilities/{code}/dependents")
    @Operation(
            summary = "List what depends on a capability",
            description = "Nearest first; directly or through a service that it provides, with any of their versions.")
    @Parameter(in = ParameterIn.QUERY, name = "transitive", schema = @Schema(type = "boolean"))
    ResponseEntity<Page<Relation>> listDependents(
            TenantContext context,
            @PathVariable String code,
            Paging paging,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        context.require(Permission.CATALOG_READ);
        boolean transitive = new Filters(parameters).flag("transitive");
        String scope = "dependents %s %s".formatted(code, transitive);
        Optional<Reached> after = paging.after(scope, Reached::of);
        Snapshot snapshot = catalog.snapshot(context);
        String known = snapshot.require(code).code();
        Page<Relation> page = heavyWork.run(context, () -> {
            var relations = Relations.dependents(snapshot, known, transitive);
            return page(paging, scope, after, relations, relations::fromDependent);
        });
        return ResponseEntity.ok().headers(CursorHeader.at(snapshot.cursor())).body(page);
    }

    private static Optional<CapabilityVersion> version(
            Snapshot snapshot, CapabilityEntry entry, @Nullable String number) {
        if (number == null) {
            return Edges.newest(snapshot, entry.code()).stream().findFirst();
        }
        try {
            SemVer wanted = SemVer.parse(number);
            if (entry.version(wanted).isEmpty()) {
                throw Rejection.notFound("version", entry.code() + "@" + number, entry.expectedVersion(wanted));
            }
            return Edges.version(snapshot, entry.code(), wanted);
        } catch (VersionSyntaxException e) {
            throw Rejection.malformed("filter.malformed", "version", number, e.expected());
        }
    }

    private static Page<Relation> page(
            Paging paging,
            String scope,
            Optional<Reached> after,
            Relations relations,
            Function<NodeName, List<Edge>> edges) {
        List<Reached> rows = relations.depths().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> new Reached(each.getValue(), each.getKey()))
                .filter(each -> after.isEmpty() || Reached.ORDER.compare(each, after.get()) > 0)
                .sorted(Reached.ORDER)
                .limit(paging.fetch())
                .toList();
        return paging.page(
                scope,
                rows,
                Reached::toList,
                each -> new Relation(
                        each.node().kind(),
                        each.node().code(),
                        each.depth(),
                        edges.apply(each.node()).stream().limit(SHOWN_EDGES).toList()),
                relations.depths().size() - 1L);
    }
}
