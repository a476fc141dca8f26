package dev.apg.server.capability;

import dev.apg.contract.capability.About;
import dev.apg.contract.capability.NewCapability;
import dev.apg.contract.capability.NewService;
import dev.apg.contract.capability.OwnerChange;
import dev.apg.contract.capability.ServiceDocument;
import dev.apg.contract.capability.StatusChange;
import dev.apg.contract.catalog.CapabilityDetail;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.EntityTags;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Changes of capabilities and services; the package {@code catalog} lists and shows them. */
@RestController
@RequestMapping("/api/v1")
class CapabilityController {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final CapabilityService capabilities;
    private final CapabilityGrantService owning;

    CapabilityController(CapabilityService capabilities, CapabilityGrantService owning) {
        this.owning = owning;
        this.capabilities = capabilities;
    }

    @PostMapping("/capabilities")
    @Operation(summary = "Register a capability without a version")
    @ApiResponse(responseCode = "201", description = "Registered")
    @AnswersEntityTag
    ResponseEntity<CapabilityDetail> registerCapability(
            TenantContext context,
            @Parameter(description = FirstOwners.MEANT) @RequestParam(name = "owned_by", required = false) @Nullable
                    String ownedBy,
            @Valid @RequestBody NewCapability capability) {
        Written<PublishedCapability> written = capabilities.register(context, capability, Optional.ofNullable(ownedBy));
        return answer(
                ResponseEntity.created(location("capabilities", written.value().code())), written);
    }

    @PatchMapping(
            path = "/capabilities/{code}",
            consumes = {MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
    @Operation(summary = "Change the describing fields of a capability", description = "What is left out stays.")
    @AnswersEntityTag
    ResponseEntity<CapabilityDetail> describeCapability(
            TenantContext context, IfMatch ifMatch, @PathVariable String code, @Valid @RequestBody About about) {
        return answer(ResponseEntity.ok(), capabilities.describe(context, code, ifMatch, about));
    }

    @PutMapping("/capabilities/{code}/status")
    @Operation(summary = "Move a capability on in its life cycle")
    @AnswersEntityTag
    ResponseEntity<CapabilityDetail> changeCapabilityStatus(
            TenantContext context,
            IfMatch ifMatch,
            @PathVariable String code,
            @Valid @RequestBody StatusChange change) {
        return answer(ResponseEntity.ok(), capabilities.changeStatus(context, code, ifMatch, change.status()));
    }

    @PutMapping("/capabilities/{code}/owner")
    @Operation(
            summary = "Hand a capability over to another owner",
            description =
                    "`owned_by`, such as `team:payments-core`, gives it to a team or a member: from then on only they, and whom they"
                            + " give a grant, change it. `owner` is a text that says whom to ask, for a capability that nobody owns.")
    @AnswersEntityTag
    ResponseEntity<CapabilityDetail> transferCapability(
            TenantContext context, IfMatch ifMatch, @PathVariable String code, @Valid @RequestBody OwnerChange change) {
        String text = change.owner();
        String ownedBy = change.ownedBy();
        if ((text == null) == (ownedBy == null)) {
            throw Rejection.invalid("owner.one", "owner", text, "either owner or owned_by");
        }
        return answer(
                ResponseEntity.ok(),
                text != null
                        ? capabilities.transfer(context, code, ifMatch, text)
                        : owning.transfer(context, code, ifMatch, Objects.requireNonNull(ownedBy)));
    }

    @PostMapping("/services")
    @Operation(
            summary = "Declare a service",
            description = "So that versions may require it before any version provides it.")
    @ApiResponse(responseCode = "201", description = "Declared")
    ResponseEntity<ServiceDocument> declareService(TenantContext context, @Valid @RequestBody NewService service) {
        Written<ReferenceRepository.ServiceRow> written = capabilities.declare(context, service);
        return ResponseEntity.created(location("services", written.value().code()))
                .headers(CursorHeader.at(written.cursor()))
                .body(new ServiceDocument(
                        ServiceDocument.FORMAT,
                        written.value().code(),
                        written.value().description()));
    }

    private static ResponseEntity<CapabilityDetail> answer(
            ResponseEntity.BodyBuilder answer, Written<PublishedCapability> written) {
        PublishedCapability capability = written.value();
        return answer.eTag(EntityTags.of(capability.edition()))
                .headers(CursorHeader.at(written.cursor()))
                .body(new CapabilityDetail(
                        capability.id(),
                        capability.code(),
                        capability.displayName(),
                        capability.description(),
                        capability.category(),
                        capability.subcategory(),
                        capability.owner(),
                        capability.tags(),
                        capability.keywords(),
                        capability.status(),
                        capability.edition(),
                        capability.createdAt(),
                        capability.updatedAt()));
    }

    private static URI location(String list, String code) {
        return URI.create("/api/v1/%s/%s".formatted(list, URLEncoder.encode(code, StandardCharsets.UTF_8)));
    }
}
