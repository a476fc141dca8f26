package dev.apg.server.audit;

import dev.apg.contract.Page;
import dev.apg.contract.WireJson;
import dev.apg.contract.audit.AuditEntry;
import dev.apg.contract.audit.AuditLine;
import dev.apg.contract.audit.AuditVerification;
import dev.apg.server.audit.AuditRepository.Filter;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.LeastRate;
import dev.apg.server.web.Paging;
import dev.apg.server.web.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/audit")
class AuditController {
    private static final String JSON_LINES = "application/jsonl";

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final AuditService audit;

    AuditController(AuditService audit) {
        this.audit = audit;
    }

    @GetMapping
    @Operation(summary = "Search the audit log", description = """
                    Who did what, and who was refused what: newest first. At most 10,000 are counted.""")
    Page<AuditEntry> listAuditEntries(
            TenantContext context,
            Paging paging,
            @Parameter(description = "name of who did it") @RequestParam(required = false) @Nullable String actor,
            @Parameter(description = "such as version.published or access.denied")
                    @RequestParam(required = false)
                    @Nullable
                    String action,
            @Parameter(description = "such as capability, version, composition")
                    @RequestParam(name = "target_kind", required = false)
                    @Nullable
                    String targetKind,
            @Parameter(
                            description =
                                    "code of what it was done to, its versions and revisions included; of one of these code@number")
                    @RequestParam(required = false)
                    @Nullable
                    String target,
            @Parameter(description = "as X-Request-Id gives it")
                    @RequestParam(name = "request_id", required = false)
                    @Nullable
                    String requestId,
            @Parameter(description = "not before this time") @RequestParam(required = false) @Nullable Instant from,
            @Parameter(description = "before this time") @RequestParam(required = false) @Nullable Instant to) {
        requireWritable("from", from);
        requireWritable("to", to);
        var filter = new Filter(
                Optional.ofNullable(actor),
                Optional.ofNullable(action),
                Optional.ofNullable(targetKind),
                Optional.ofNullable(target),
                Optional.ofNullable(requestId),
                Optional.ofNullable(from),
                Optional.ofNullable(to));
        String scope = "audit " + filter;
        Optional<AuditPlace> before = paging.after(
                scope, key -> new AuditPlace(Instant.parse(key.getFirst()), UUID.fromString(key.getLast())));
        AuditService.Listed listed = audit.list(context, filter, before, paging.fetch());
        return paging.page(
                scope,
                listed.entries(),
                entry -> List.of(entry.at().toString(), entry.id().toString()),
                entry -> entry,
                listed.count());
    }

    /** No entry is of a time that PostgreSQL cannot keep. */
    private static void requireWritable(String field, @Nullable Instant time) {
        if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST))) {
            throw Rejection.malformed("parameter.out_of_range", field, time, "a time from 1970 to 9999");
        }
    }

    @GetMapping("/verification")
    @Operation(summary = "Verify the audit log", description = """
                    Makes the chain of hashes again from the entries, as many links as one request may take. Noting the head
                    down shows later that nothing was cut off the end.""")
    AuditVerification verifyAuditLog(
            TenantContext context,
            @Parameter(description = "number of the link to go on after") @RequestParam(defaultValue = "0") @Min(0)
                    long after) {
        return audit.verify(context, after);
    }

    @GetMapping(path = "/export", produces = JSON_LINES)
    @Operation(
            summary = "Export the audit log",
            description = "JSON Lines: the entries in the order of the chain, each group followed by its seal.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = JSON_LINES, schema = @Schema(implementation = AuditLine.class)))
    void exportAuditLog(
            TenantContext context,
            @Parameter(description = "number of the link to go on after") @RequestParam(defaultValue = "0") @Min(0)
                    long after,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        response.setContentType(JSON_LINES);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"apg-audit.jsonl\"");
        OutputStream out = response.getOutputStream();
        LeastRate rate = LeastRate.ofAnswer();
        audit.export(context, after, line -> write(out, line, rate));
        out.flush();
    }

    private static void write(OutputStream out, AuditLine line, LeastRate rate) {
        try {
            byte[] json = WireJson.MAPPER.writeValueAsBytes(line);
            out.write(json);
            out.write('\n');
            rate.moved(json.length + 1);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
