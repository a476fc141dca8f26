package dev.apg.server.composition;

import dev.apg.contract.composition.AppliedOperations;
import dev.apg.contract.composition.ApplyOperations;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.ReplacedDraft;
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
import jakarta.validation.Valid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/compositions/{code}/draft")
class DraftController {
    private static final int MAX_OPERATIONS = 500;

    private final DraftService drafts;

    DraftController(DraftService drafts) {
        this.drafts = drafts;
    }

    @GetMapping
    @Operation(
            operationId = "getDraft",
            summary = "Read the draft as a document",
            description = "The ETag is the number of the draft's newest operation.")
    @AnswersEntityTag
    ResponseEntity<DraftDocument> find(TenantContext context, @PathVariable String code) {
        DraftRow row = drafts.find(context, code);
        return ResponseEntity.ok()
                .eTag(EntityTags.of(row.number()))
                .body(DraftDocuments.write(row.code(), row.draft()));
    }

    @PutMapping
    @Operation(operationId = "replaceDraft", summary = "Replace the whole draft")
    @AnswersEntityTag
    ResponseEntity<ReplacedDraft> replace(
            TenantContext context,
            @PathVariable String code,
            IfMatch ifMatch,
            @Valid @RequestBody DraftDocument document) {
        Written<ReplacedDraft> written = drafts.replace(context, code, ifMatch, document);
        return ResponseEntity.ok()
                .headers(CursorHeader.at(written.cursor()))
                .eTag(EntityTags.of(written.value().draftNumber()))
                .body(written.value());
    }

    @GetMapping("/operations")
    @Operation(
            operationId = "listDraftOperations",
            summary = "Read the draft's operations after a number",
            description =
                    "At most `limit`, and fewer where they would have more than 4 MiB. As long as `draft_number` is beyond the last one listed, more follow after that one. The newest 16 MiB are kept: 410 says that those after the number no longer are.")
    ResponseEntity<AppliedOperations> operations(
            TenantContext context,
            @PathVariable String code,
            @Parameter(description = "a number; without it, from the oldest operation kept")
                    @RequestParam(required = false)
                    @Nullable
                    Long after,
            @RequestParam(defaultValue = "100") int limit) {
        if (after != null && after < 0) {
            throw Rejection.malformed("draft.after", "after", after, "0 or the number of an operation");
        }
        Paging.requireLimit(limit, MAX_OPERATIONS);
        return ResponseEntity.ok(drafts.operations(context, code, Optional.ofNullable(after), limit));
    }

    @PostMapping("/operations")
    @Operation(
            operationId = "applyDraftOperations",
            summary = "Apply operations to the draft, in order, all or none",
            description = "The answer lists them with the numbers that they got.")
    @AnswersEntityTag
    ResponseEntity<AppliedOperations> apply(
            TenantContext context, @PathVariable String code, @Valid @RequestBody ApplyOperations request) {
        Written<AppliedOperations> written = drafts.apply(context, code, request);
        return ResponseEntity.ok()
                .headers(CursorHeader.at(written.cursor()))
                .eTag(EntityTags.of(written.value().draftNumber()))
                .body(written.value());
    }
}
