package dev.apg.server.catalog;

import dev.apg.contract.Page;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.catalog.CapabilityDetail;
import dev.apg.contract.catalog.CapabilitySummary;
import dev.apg.contract.catalog.VersionSummary;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.catalog.CapabilityOrder.Position;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.EntityTags;
import dev.apg.server.web.Filters;
import dev.apg.server.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Capabilities and their versions as the snapshot knows them. */
@RestController
@RequestMapping("/api/v1")
class CatalogController {
    private final Catalog catalog;

    CatalogController(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping("/capabilities")
    @Operation(
            summary = "List capabilities",
            description = "Those that meet every filter; a filter may be repeated, then any of its values will do.")
    @Parameter(in = ParameterIn.QUERY, name = "category", array = @ArraySchema(schema = @Schema(type = "string")))
    @Parameter(in = ParameterIn.QUERY, name = "status", array = @ArraySchema(schema = @Schema(type = "string")))
    @Parameter(in = ParameterIn.QUERY, name = "owner", array = @ArraySchema(schema = @Schema(type = "string")))
    @Parameter(in = ParameterIn.QUERY, name = "tag", array = @ArraySchema(schema = @Schema(type = "string")))
    @Parameter(
            in = ParameterIn.QUERY,
            name = "service",
            description = "provided by some version",
            array = @ArraySchema(schema = @Schema(type = "string")))
    @Parameter(in = ParameterIn.QUERY, name = "prefix", description = "of the code")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "sort",
            description = "code (default), display_name, created_at or updated_at; with a minus in front turned round")
    ResponseEntity<Page<CapabilitySummary>> listCapabilities(
            TenantContext context,
            Paging paging,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        context.require(Permission.CATALOG_READ);
        var filters = new Filters(parameters);
        CapabilityFilter filter = CapabilityFilter.parse(filters);
        CapabilityOrder order = CapabilityOrder.parse(filters.single("sort"));
        String scope = "capabilities " + order + filter;
        Optional<Position> after = paging.after(scope, Position::of);
        Snapshot snapshot = catalog.snapshot(context);
        CapabilityList list = CapabilityList.of(snapshot, filter, order, after, paging.fetch());
        return ResponseEntity.ok()
                .headers(CursorHeader.at(snapshot.cursor()))
                .body(paging.page(
                        scope,
                        list.rows(),
                        entry -> order.position(entry).toList(),
                        CapabilityDocuments::summary,
                        list.total()));
    }

    @GetMapping("/capabilities/{code}")
    @Operation(summary = "Show a capability", description = "The ETag is its edition, for If-Match of a change.")
    @AnswersEntityTag
    ResponseEntity<CapabilityDetail> showCapability(TenantContext context, @PathVariable String code) {
        context.require(Permission.CATALOG_READ);
        Snapshot snapshot = catalog.snapshot(context);
        CapabilityEntry entry = snapshot.require(code);
        return ResponseEntity.ok()
                .headers(CursorHeader.at(snapshot.cursor()))
                .eTag(EntityTags.of(entry.edition()))
                .body(CapabilityDocuments.detail(entry, catalog.text(context, entry)));
    }

    @GetMapping("/capabilities/{code}/versions")
    @Operation(summary = "List the versions of a capability", description = "Newest first; purged ones as tombstones.")
    @Parameter(in = ParameterIn.QUERY, name = "state", array = @ArraySchema(schema = @Schema(type = "string")))
    ResponseEntity<Page<VersionSummary>> listVersions(
            TenantContext context,
            @PathVariable String code,
            Paging paging,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        context.require(Permission.CATALOG_READ);
        Set<VersionState> states = new Filters(parameters).choices("state", VersionState.class);
        String scope = "versions " + code + states;
        Optional<SemVer> after = paging.after(scope, key -> SemVer.parse(key.getFirst()));
        Snapshot snapshot = catalog.snapshot(context);
        VersionTable table = snapshot.require(code).table();
        List<VersionEntry> rows = new ArrayList<>();
        long total = 0;
        for (int i = table.size() - 1; i >= 0; i--) {
            if (states.isEmpty() || states.contains(table.state(i))) {
                total++;
                boolean onPage = after.isEmpty() || table.number(i).compareTo(after.get()) < 0;
                if (onPage && rows.size() < paging.fetch()) {
                    rows.add(table.get(i));
                }
            }
        }
        return ResponseEntity.ok()
                .headers(CursorHeader.at(snapshot.cursor()))
                .body(paging.page(
                        scope,
                        rows,
                        version -> List.of(version.number().toString()),
                        CapabilityDocuments::version,
                        total));
    }
}
