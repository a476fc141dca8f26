package dev.apg.server.composition;

import dev.apg.contract.Page;
import dev.apg.contract.composition.FreezeRequest;
import dev.apg.contract.composition.FrozenRevision;
import dev.apg.contract.composition.RevisionDetail;
import dev.apg.contract.composition.RevisionDiff;
import dev.apg.contract.composition.RevisionSummary;
import dev.apg.server.event.Answered;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Paging;
import dev.apg.server.web.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@RequestMapping("/api/v1/compositions/{code}")
class RevisionController {
    private static final MediaType TAR = MediaType.parseMediaType("application/x-tar");

    /** A lock never changes; it belongs to one tenant, so only the client itself may keep it. */
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    /** A bundle does not change either, yet it may be purged: whoever kept it asks each time, and mostly hears 304. */
    private static final CacheControl ASK_AGAIN = CacheControl.noCache().cachePrivate();

    private final FreezeService freezing;
    private final RevisionService revisions;

    RevisionController(FreezeService freezing, RevisionService revisions) {
        this.freezing = freezing;
        this.revisions = revisions;
    }

    @GetMapping("/revisions")
    @Operation(operationId = "listRevisions", summary = "List revisions, newest first")
    ResponseEntity<Page<RevisionSummary>> list(TenantContext context, @PathVariable String code, Paging paging) {
        return ResponseEntity.ok(revisions.list(context, code, paging));
    }

    @PostMapping("/revisions")
    @Operation(operationId = "freezeDraft", summary = "Freeze the draft as the next revision", description = """
                    If-Match carries the number of the draft, as the ETag of the draft gives it. `warnings` tells what \
                    validation found and what did not stand in the way, at most fifty of `warning_count`.""")
    @ApiResponse(responseCode = "201", description = "Frozen")
    ResponseEntity<FrozenRevision> freeze(
            TenantContext context,
            @PathVariable String code,
            IfMatch ifMatch,
            @Valid @RequestBody(required = false) @Nullable FreezeRequest request) {
        FreezeRequest given = request == null ? new FreezeRequest(null, null) : request;
        Written<RevisionRow> written = freezing.freeze(context, code, ifMatch, given);
        RevisionRow frozen = written.value();
        return ResponseEntity.created(URI.create("/api/v1/compositions/%s/revisions/%d"
                        .formatted(DraftSyntax.lower(code), frozen.summary().number())))
                .headers(CursorHeader.at(written.cursor()))
                .body(FrozenRevision.of(frozen.summary(), frozen.report()));
    }

    @GetMapping("/revisions/{number}")
    @Operation(operationId = "getRevision", summary = "Read a revision with its lock and report")
    ResponseEntity<RevisionDetail> find(TenantContext context, @PathVariable String code, @PathVariable String number) {
        Answered<RevisionDetail> found = revisions.find(context, code, number(code, number));
        return ResponseEntity.ok().headers(CursorHeader.at(found.cursor())).body(found.value());
    }

    @GetMapping(value = "/revisions/{number}/lock", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getLock",
            summary = "Read the lock exactly as it was frozen",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    dev.apg.contract.composition.LockDocument.class))))
    @AnswersEntityTag
    ResponseEntity<byte[]> lock(TenantContext context, @PathVariable String code, @PathVariable String number) {
        StoredLock lock = revisions.lock(context, code, number(code, number));
        return ResponseEntity.ok()
                .eTag("\"" + lock.digest() + "\"")
                .cacheControl(FOR_EVER)
                .contentType(MediaType.APPLICATION_JSON)
                .body(lock.bytes());
    }

    @GetMapping(value = "/revisions/{number}/bundle", produces = "application/x-tar")
    @Operation(
            operationId = "getBundle",
            summary = "Download the bundle exactly as it was frozen",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = "application/x-tar",
                                            schema = @Schema(type = "string", format = "binary"))))
    @AnswersEntityTag
    @Nullable
    ResponseEntity<byte[]> bundle(
            TenantContext context, @PathVariable String code, @PathVariable String number, WebRequest request) {
        int revision = number(code, number);
        String tag = "\"" + revisions.bundleDigest(context, code, revision) + "\"";
        if (request.checkNotModified(tag)) {
            return null;
        }
        String name = "%s-%d.tar".formatted(DraftSyntax.lower(code), revision);
        return ResponseEntity.ok()
                .eTag(tag)
                .cacheControl(ASK_AGAIN)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .contentType(TAR)
                .body(revisions.bundle(context, code, revision));
    }

    @GetMapping("/diff")
    @Operation(
            operationId = "diffRevisions",
            summary = "Say what is different between two revisions, or a revision and the draft, and why",
            description = """
                    `to` is a revision's number or `draft` (the default); `from` is a revision's number, by default the newest \
                    one, or the one before `to`.""")
    ResponseEntity<RevisionDiff> diff(
            TenantContext context,
            @PathVariable String code,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(defaultValue = "draft") String to) {
        Optional<Integer> first = Optional.ofNullable(from).map(text -> number(code, text));
        Optional<Integer> second = to.equals("draft") ? Optional.empty() : Optional.of(number(code, to));
        Answered<RevisionDiff> diff = revisions.diff(context, code, first, second);
        return ResponseEntity.ok().headers(CursorHeader.at(diff.cursor())).body(diff.value());
    }

    /** A number that cannot be one names no revision. */
    private static int number(String code, String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw Rejection.notFound("revision", code + "@" + text, "the number of a revision, such as 1");
        }
        return Integer.parseInt(text);
    }
}
