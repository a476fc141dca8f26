package dev.apg.server.composition;

import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.OutdatedQuestion;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.ResolveRequest;
import dev.apg.contract.composition.ValidationReport;
import dev.apg.contract.composition.WhyAnswer;
import dev.apg.contract.composition.WhyQuestion;
import dev.apg.server.event.Answered;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Questions about drafts; nothing is saved. */
@RestController
@RequestMapping("/api/v1")
class ResolveController {
    private final ResolveService resolving;
    private final ValidationService validation;
    private final WhyService why;
    private final OutdatedService outdated;

    ResolveController(
            ResolveService resolving, ValidationService validation, WhyService why, OutdatedService outdated) {
        this.resolving = resolving;
        this.validation = validation;
        this.why = why;
        this.outdated = outdated;
    }

    @PostMapping("/resolve")
    @Operation(
            operationId = "resolveDocument",
            summary = "Resolve a document without saving it",
            description = "An unsolvable document is answered with 200 and an explanation.")
    ResponseEntity<Resolution> resolve(TenantContext context, @Valid @RequestBody ResolveRequest request) {
        return answer(resolving.resolve(context, request));
    }

    @PostMapping("/compositions/{code}/resolve")
    @Operation(
            operationId = "resolveDraft",
            summary = "Resolve the draft as it stands",
            description = "An unsolvable draft is answered with 200 and an explanation.")
    ResponseEntity<Resolution> resolveDraft(
            TenantContext context,
            @PathVariable String code,
            @Valid @RequestBody(required = false) @Nullable ResolveOptions options) {
        return answer(resolving.resolve(context, code, given(options)));
    }

    @PostMapping("/compositions/{code}/validate")
    @Operation(operationId = "validateDraft", summary = "Report what is wrong with the draft and what should be known")
    ResponseEntity<ValidationReport> validate(
            TenantContext context,
            @PathVariable String code,
            @Valid @RequestBody(required = false) @Nullable ResolveOptions options) {
        Validated validated = validation.validate(context, code, given(options));
        return ResponseEntity.ok()
                .headers(CursorHeader.at(validated.resolved().snapshot().cursor()))
                .body(validated.report());
    }

    @PostMapping("/compositions/{code}/why")
    @Operation(
            operationId = "explainVersion",
            summary = "Say why a capability is there in its version, and why not in another one")
    ResponseEntity<WhyAnswer> why(
            TenantContext context, @PathVariable String code, @Valid @RequestBody WhyQuestion question) {
        Answered<WhyAnswer> answered = why.why(context, code, question);
        return ResponseEntity.ok().headers(CursorHeader.at(answered.cursor())).body(answered.value());
    }

    @PostMapping("/compositions/{code}/outdated")
    @Operation(
            operationId = "findOutdated",
            summary = "Say what newer versions there are of what a revision locks, and plan the steps to them",
            description = """
                    Ranges and pins are those of the draft as it stands. A composition that was never frozen is answered for what \
                    its draft resolves to. Nothing is saved.""")
    ResponseEntity<Outdated> outdated(
            TenantContext context,
            @PathVariable String code,
            @Valid @RequestBody(required = false) @Nullable OutdatedQuestion question) {
        Answered<Outdated> answered =
                outdated.find(context, code, question == null ? OutdatedQuestion.DEFAULT : question);
        return ResponseEntity.ok().headers(CursorHeader.at(answered.cursor())).body(answered.value());
    }

    private static ResolveOptions given(@Nullable ResolveOptions options) {
        return options == null ? ResolveOptions.DEFAULT : options;
    }

    private static ResponseEntity<Resolution> answer(Resolved resolved) {
        return ResponseEntity.ok()
                .headers(CursorHeader.at(resolved.snapshot().cursor()))
                .body(resolved.answer());
    }
}
