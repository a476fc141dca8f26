package dev.apg.server.composition;

import dev.apg.contract.Page;
import dev.apg.contract.composition.CompositionDetail;
import dev.apg.contract.composition.CompositionSummary;
import dev.apg.contract.composition.CompositionType;
import dev.apg.contract.composition.DescribeComposition;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.NewComposition;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.capability.VersionKey;
import dev.apg.server.event.Answered;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.EntityTags;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Paging;
import dev.apg.server.web.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/compositions")
class CompositionController {
    private final CompositionService compositions;
    private final DraftService drafts;

    CompositionController(CompositionService compositions, DraftService drafts) {
        this.compositions = compositions;
        this.drafts = drafts;
    }

    @GetMapping
    @Operation(operationId = "listCompositions", summary = "List compositions by code", description = """
                    `locks` is a version such as `redis-cart@7.2.5`: those whose newest revision has it in its lock, which is \
                    whom to tell before it is yanked or deprecated.""")
    ResponseEntity<Page<CompositionSummary>> list(
            TenantContext context,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String prefix,
            @RequestParam(required = false) @Nullable String locks,
            Paging paging) {
        var filter = new CompositionFilter(
                Optional.ofNullable(type).map(CompositionController::type),
                Optional.ofNullable(owner),
                Optional.ofNullable(prefix).map(DraftSyntax::lower),
                Optional.ofNullable(locks).map(CompositionController::version));
        return ResponseEntity.ok(compositions.list(context, filter, paging));
    }

    private static VersionKey version(String text) {
        int at = text.lastIndexOf('@');
        try {
            // Without a code in front of it there is no number either, and that is no version.
            String number = at < 1 ? "" : text.substring(at + 1);
            return new VersionKey(
                    DraftSyntax.lower(text.substring(0, Math.max(at, 0))),
                    SemVer.parse(number).toString());
        } catch (VersionSyntaxException malformed) {
            throw Rejection.malformed(
                    "composition.locks", "locks", text, "a capability and a version, such as redis-cart@7.2.5");
        }
    }

    private static CompositionType type(String wire) {
        return Arrays.stream(CompositionType.values())
                .filter(type -> type.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> Rejection.malformed(
                        "composition.type",
                        "type",
                        wire,
                        Arrays.stream(CompositionType.values())
                                .map(CompositionType::wire)
                                .collect(Collectors.joining(", "))));
    }

    @PostMapping
    @Operation(
            operationId = "createComposition",
            summary = "Create a composition, empty or from a whole document",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema =
                                                    @Schema(
                                                            oneOf = {NewComposition.Empty.class, DraftDocument.class
                                                            }))))
    @ApiResponse(responseCode = "201", description = "Created")
    @AnswersEntityTag
    ResponseEntity<CompositionDetail> create(
            TenantContext context,
            @Parameter(description = "whose it shall be: team:CODE, token:ID, client:ID, pipeline:ID, account:ID or me")
                    @RequestParam(name = "owned_by", required = false)
                    @Nullable
                    String ownedBy,
            @Valid @RequestBody NewComposition requested) {
        Written<CompositionService.Created> written =
                compositions.create(context, requested, Optional.ofNullable(ownedBy));
        CompositionRow created = written.value().row();
        return ResponseEntity.created(URI.create("/api/v1/compositions/" + created.code()))
                .headers(CursorHeader.at(written.cursor()))
                .eTag(EntityTags.of(created.edition()))
                .body(created.detail(written.value().warnings()));
    }

    @GetMapping("/{code}")
    @Operation(operationId = "getComposition", summary = "Read a composition without its draft", description = """
                    `changed` tells which versions that the draft pins are deprecated, yanked or purged by now, and `ended` \
                    which members and pins are of a capability that is deprecated or retired.""")
    @AnswersEntityTag
    ResponseEntity<CompositionDetail> find(TenantContext context, @PathVariable String code) {
        CompositionRow found = compositions.find(context, code);
        Answered<BecomeOf.Told> become = drafts.become(context, code);
        return ResponseEntity.ok()
                .headers(CursorHeader.at(become.cursor()))
                .eTag(EntityTags.of(found.edition()))
                .body(found.detail(become.value()));
    }

    @PatchMapping("/{code}")
    @Operation(operationId = "describeComposition", summary = "Change the describing fields of a composition")
    @AnswersEntityTag
    ResponseEntity<CompositionDetail> describe(
            TenantContext context,
            @PathVariable String code,
            IfMatch ifMatch,
            @Valid @RequestBody DescribeComposition change) {
        Written<CompositionRow> written = compositions.describe(context, code, ifMatch, change);
        return ResponseEntity.ok()
                .headers(CursorHeader.at(written.cursor()))
                .eTag(EntityTags.of(written.value().edition()))
                .body(written.value().detail());
    }

    @DeleteMapping("/{code}")
    @Operation(operationId = "deleteComposition", summary = "Delete a composition that was never frozen")
    @ApiResponse(responseCode = "204", description = "Deleted")
    ResponseEntity<Void> delete(TenantContext context, @PathVariable String code, IfMatch ifMatch) {
        Written<Boolean> written = compositions.delete(context, code, ifMatch);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }
}
