package dev.apg.server.catalog;

import dev.apg.contract.catalog.Graph;
import dev.apg.server.catalog.GraphWalk.Direction;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Filters;
import dev.apg.server.web.HeavyWork;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue as nodes and edges. */
@RestController
@RequestMapping("/api/v1")
class GraphController {
    private final Catalog catalog;
    private final HeavyWork heavyWork;

    GraphController(Catalog catalog, HeavyWork heavyWork) {
        this.catalog = catalog;
        this.heavyWork = heavyWork;
    }

    @GetMapping("/graph")
    @Operation(summary = "Show a part of the catalogue as a graph", description = """
                    The newest version of each capability counts. Without roots, the first capabilities by code. A node bound that
                    is reached, or more than 10,000 edges, is told by truncated.""")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "root",
            description = "code of a capability; may be repeated",
            array = @ArraySchema(schema = @Schema(type = "string")))
    @Parameter(in = ParameterIn.QUERY, name = "depth", description = "steps from a root, 0 to 20; default 2")
    @Parameter(in = ParameterIn.QUERY, name = "direction", description = "dependencies (default), dependents or both")
    @Parameter(in = ParameterIn.QUERY, name = "nodes", description = "most nodes, 1 to 2000; default 200")
    ResponseEntity<Graph> showGraph(
            TenantContext context, @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        context.require(Permission.CATALOG_READ);
        var filters = new Filters(parameters);
        int depth = filters.number("depth", 0, 20, 2);
        int nodes = filters.number("nodes", 1, 2_000, 200);
        Direction direction = filters.choice("direction", Direction.class, Direction.DEPENDENCIES);
        Snapshot snapshot = catalog.snapshot(context);
        List<String> roots = filters.texts("root").stream()
                .map(root -> snapshot.require(root).code())
                .distinct()
                .toList();
        Graph graph = heavyWork.run(
                context,
                () -> roots.isEmpty()
                        ? GraphWalk.whole(snapshot, nodes)
                        : GraphWalk.around(snapshot, roots, depth, direction, nodes));
        return ResponseEntity.ok().headers(CursorHeader.at(snapshot.cursor())).body(graph);
    }
}
