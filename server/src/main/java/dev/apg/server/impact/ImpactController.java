package dev.apg.server.impact;

import dev.apg.contract.impact.Candidate;
import dev.apg.contract.impact.ImpactAnswer;
import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.server.event.Answered;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Filters;
import dev.apg.server.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A question about all compositions; nothing is saved. */
@RestController
@RequestMapping("/api/v1/impact")
class ImpactController {
    private final ImpactService impact;

    ImpactController(ImpactService impact) {
        this.impact = impact;
    }

    @PostMapping
    @Operation(
            operationId = "impactOfCandidate",
            summary = "Say what a change would mean for every composition",
            description = """
                    The candidate is a version that is not published, one that is, another state of one, or another status of a \
                    capability; nothing is changed. Each composition that was ever frozen has a verdict about its newest \
                    revision; `totals` counts all of them, `items` are by code. What is broken without the \
                    change, too, is counted apart.""")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "verdict",
            description = "the compositions that are listed; may be repeated, by default all",
            array = @ArraySchema(schema = @Schema(implementation = ImpactVerdict.class)))
    ResponseEntity<ImpactAnswer> ask(
            TenantContext context,
            Paging paging,
            @Valid @RequestBody Candidate candidate,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        var wanted = new Filters(parameters).choices("verdict", ImpactVerdict.class);
        Answered<ImpactAnswer> answered = impact.ask(context, candidate, wanted, paging);
        return ResponseEntity.ok().headers(CursorHeader.at(answered.cursor())).body(answered.value());
    }
}
