package dev.apg.server.search;

import dev.apg.contract.Page;
import dev.apg.contract.search.SearchAnswer;
import dev.apg.contract.search.SearchAnswer.Facets;
import dev.apg.contract.search.SearchHit;
import dev.apg.server.search.Search.Found;
import dev.apg.server.search.Search.Position;
import dev.apg.server.search.Search.Ranked;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Filters;
import dev.apg.server.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class SearchController {
    private final Search search;

    SearchController(Search search) {
        this.search = search;
    }

    @GetMapping("/search")
    @Operation(summary = "Search capabilities", description = """
                    Plain words, no syntax. A capability is found if it has all of them, in any field; if none has all, those that
                    have any. The beginning of a word is enough, and a word that is in no capability is taken for a typing error.
                    Filters may be repeated, then any of the values will do; the counts of a facet leave its own filter aside.""")
    @Parameter(in = ParameterIn.QUERY, name = "q", description = "at most 200 characters; empty finds everything")
    @Parameter(in = ParameterIn.QUERY, name = "category", array = @ArraySchema(schema = @Schema(type = "string")))
    @Parameter(in = ParameterIn.QUERY, name = "status", array = @ArraySchema(schema = @Schema(type = "string")))
    @Parameter(in = ParameterIn.QUERY, name = "tag", array = @ArraySchema(schema = @Schema(type = "string")))
    @Parameter(in = ParameterIn.QUERY, name = "owner", array = @ArraySchema(schema = @Schema(type = "string")))
    ResponseEntity<SearchAnswer> searchCapabilities(
            TenantContext context,
            Paging paging,
            @Parameter(hidden = true) @RequestParam(required = false) @Nullable String q,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters)
            throws IOException {
        context.require(Permission.CATALOG_READ);
        SearchRequest request = SearchRequest.parse(q, new Filters(parameters));
        Optional<Position> after = paging.after(request.scope(), Position::of);
        Found found = search.search(context, request, after, paging.fetch());
        Page<SearchHit> page = paging.page(
                request.scope(),
                found.hits(),
                ranked -> ranked.position().toList(),
                Ranked::hit,
                found.facets().total());
        return ResponseEntity.ok()
                .headers(CursorHeader.at(found.cursor()))
                .body(new SearchAnswer(
                        page.items(),
                        page.nextCursor(),
                        page.totalCount(),
                        facets(found, request.selections()),
                        found.words().stream()
                                .map(word -> new SearchAnswer.Word(word.word().plain(), word.spelled()))
                                .toList()));
    }

    private static Facets facets(Found found, Map<Facet, Set<String>> selections) {
        return new Facets(
                found.facets().values(Facet.CATEGORY, selections.getOrDefault(Facet.CATEGORY, Set.of())),
                found.facets().values(Facet.STATUS, selections.getOrDefault(Facet.STATUS, Set.of())),
                found.facets().values(Facet.TAG, selections.getOrDefault(Facet.TAG, Set.of())),
                found.facets().values(Facet.OWNER, selections.getOrDefault(Facet.OWNER, Set.of())));
    }
}
