package dev.apg.server.capability;

import dev.apg.contract.ProblemDocument;
import dev.apg.contract.WireJson;
import dev.apg.contract.capability.ImportProgress;
import dev.apg.contract.capability.ImportReport;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.server.capability.ImportService.Form;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.BodyLimit;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Many versions in, all versions out. */
@RestController
@RequestMapping("/api/v1")
class TransferController {
    static final String JSON_LINES = "application/jsonl";
    private static final String NDJSON = MediaType.APPLICATION_NDJSON_VALUE;
    private static final String YAML = MediaType.APPLICATION_YAML_VALUE;

    /** 1 GiB. */
    private static final long MAX_IMPORT = 1024L * 1024 * 1024;

    private final ImportService importing;
    private final ExportService exporting;
    private final Problems problems;

    TransferController(ImportService importing, ExportService exporting, Problems problems) {
        this.importing = importing;
        this.exporting = exporting;
        this.problems = problems;
    }

    @BodyLimit(MAX_IMPORT)
    @PostMapping(
            path = "/imports",
            consumes = {JSON_LINES, NDJSON, YAML},
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Import many versions, all or none",
            description =
                    "Accept application/x-ndjson gives lines of progress, then one with the report or the problem.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = {
                @Content(mediaType = JSON_LINES, schema = @Schema(implementation = VersionDocument.class)),
                @Content(mediaType = YAML, schema = @Schema(implementation = VersionDocument.class))
            })
    ResponseEntity<ImportReport> importVersions(
            TenantContext context,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
            @Parameter(description = FirstOwners.MEANT) @RequestParam(name = "owned_by", required = false) @Nullable
                    String ownedBy,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) MediaType type,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        ImportReport report = importing.run(
                context, request.getInputStream(), form(type), dryRun, Optional.ofNullable(ownedBy), progress -> {});
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (report.cursor() != null) {
            answer.header(CursorHeader.SEQ, report.cursor());
        }
        return answer.body(report);
    }

    @BodyLimit(MAX_IMPORT)
    @PostMapping(
            path = "/imports",
            consumes = {JSON_LINES, NDJSON, YAML},
            produces = NDJSON)
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = ImportProgress.class)))
    void importVersionsWithProgress(
            TenantContext context,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
            @Parameter(description = FirstOwners.MEANT) @RequestParam(name = "owned_by", required = false) @Nullable
                    String ownedBy,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) MediaType type,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        response.setContentType(NDJSON);
        try {
            ImportReport report = importing.run(
                    context, request.getInputStream(), form(type), dryRun, Optional.ofNullable(ownedBy), progress -> {
                        write(response, progress);
                        flush(response);
                    });
            // Not flushed: with an Idempotency-Key the result is held until it was kept.
            write(response, ImportProgress.of(report));
        } catch (RuntimeException failure) {
            // Before the first line a problem is an answer like any other.
            if (!response.isCommitted()) {
                throw failure;
            }
            ProblemDocument problem = problems.describe(request, failure);
            // Too late for the client, but whoever keeps answers has to know that this one is a refusal.
            response.setStatus(problem.status());
            write(response, ImportProgress.of(problem));
        }
    }

    private static Form form(MediaType type) {
        return MediaType.APPLICATION_YAML.isCompatibleWith(type) ? Form.YAML : Form.JSON_LINES;
    }

    private static void write(HttpServletResponse response, ImportProgress progress) {
        try {
            response.getOutputStream().write(WireJson.MAPPER.writeValueAsBytes(progress));
            response.getOutputStream().write('\n');
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void flush(HttpServletResponse response) {
        try {
            response.flushBuffer();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @GetMapping(path = "/export", produces = JSON_LINES)
    @Operation(
            summary = "Export everything that is published",
            description = "JSON Lines of one moment, which import back to the same digests.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = JSON_LINES, schema = @Schema(implementation = VersionDocument.class)))
    void exportVersions(TenantContext context, @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        try (Export export = exporting.export(context)) {
            response.setContentType(JSON_LINES);
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"apg-export.jsonl\"");
            response.setContentLengthLong(export.size());
            export.sendTo(response.getOutputStream());
        }
    }
}
