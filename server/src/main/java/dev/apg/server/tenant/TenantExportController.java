package dev.apg.server.tenant;

import dev.apg.contract.tenant.Tenant;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.ReservedFile;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything that a tenant has, in one file. */
@RestController
@RequestMapping("/api/v1")
class TenantExportController {
    private static final String ZIP = "application/zip";

    private final TenantExports exports;
    private final Tenants tenants;

    TenantExportController(TenantExports exports, Tenants tenants) {
        this.exports = exports;
        this.tenants = tenants;
    }

    @GetMapping(path = "/tenant/export", produces = ZIP)
    @Operation(
            summary = "Export everything that one's own tenant has",
            description = "A zip archive `apg.tenant-export/1`, all of one moment; without secrets.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
    void exportOwnTenant(TenantContext context, @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        try (ReservedFile export = exports.export(context)) {
            send(export, response);
        }
    }

    @GetMapping(path = "/tenants/{code}/export", produces = ZIP)
    @Operation(
            summary = "Export everything that a tenant has",
            description = "Also while it is suspended or being deleted. With the platform's key.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
    void exportTenant(
            PlatformContext context, @PathVariable String code, @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        Tenant tenant = tenants.find(code);
        try (ReservedFile export = exports.export(context, tenant)) {
            PlatformActs.tell(context, "tenant.exported", tenant);
            send(export, response);
        } catch (TenantGoneException over) {
            throw Rejection.conflict(
                    "tenant.over",
                    "%s was deleted, its time is over and its data is being erased (expected: a tenant that is there)"
                            .formatted(code));
        }
    }

    private static void send(ReservedFile export, HttpServletResponse response) throws IOException {
        response.setContentType(ZIP);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"apg-tenant.zip\"");
        response.setContentLengthLong(export.file().size());
        export.sendTo(response.getOutputStream());
    }
}
