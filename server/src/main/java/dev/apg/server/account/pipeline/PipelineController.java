package dev.apg.server.account.pipeline;

import dev.apg.contract.Page;
import dev.apg.contract.account.NewPipeline;
import dev.apg.contract.account.Pipeline;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/pipelines")
class PipelineController {
    private static final String LIST = "pipelines";

    private final Pipelines pipelines;

    PipelineController(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    @GetMapping
    @Operation(summary = "List the tenant's pipelines", description = "Newest first, revoked ones included.")
    Page<Pipeline> listPipelines(TenantContext context, Paging paging) {
        Optional<UUID> before = paging.after(LIST, key -> UUID.fromString(key.getFirst()));
        Pipelines.PipelineList list = pipelines.listPipelines(context, before, paging.fetch());
        return paging.page(
                LIST,
                list.pipelines(),
                pipeline -> List.of(pipeline.id().toString()),
                pipeline -> pipeline,
                list.count());
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show a pipeline")
    Pipeline showPipeline(TenantContext context, @PathVariable UUID id) {
        return pipelines.show(context, id);
    }

    @PostMapping
    @Operation(
            summary = "Trust a pipeline to publish",
            description =
                    "Jobs whose identity token is of this issuer, for this audience, and says all of this exchange it at `POST"
                            + " /api/auth/token` for an access token that can publish these capabilities and do nothing else. What"
                            + " is guarded needs a grant as well. It does not change: revoke it, and make another one.")
    @ApiResponse(responseCode = "201", description = "Created")
    ResponseEntity<Pipeline> createPipeline(TenantContext context, @Valid @RequestBody NewPipeline request) {
        Written<Pipeline> written = pipelines.create(context, request);
        return ResponseEntity.created(
                        URI.create("/api/v1/pipelines/" + written.value().id()))
                .headers(CursorHeader.at(written.cursor()))
                .body(written.value());
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Revoke a pipeline",
            description =
                    "The access tokens of its jobs are refused at once, by the other nodes as soon as they are told of it, which"
                            + " takes milliseconds. Revoking it again changes nothing.")
    @ApiResponse(responseCode = "204", description = "Revoked")
    ResponseEntity<Void> revokePipeline(TenantContext context, @PathVariable UUID id) {
        Written<UUID> written = pipelines.revoke(context, id);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }
}
