package dev.apg.server.tenant;

import dev.apg.contract.Page;
import dev.apg.contract.account.IssuedToken;
import dev.apg.contract.tenant.CreatedTenant;
import dev.apg.contract.tenant.Deletion;
import dev.apg.contract.tenant.NewTenant;
import dev.apg.contract.tenant.Quotas;
import dev.apg.contract.tenant.Rates;
import dev.apg.contract.tenant.Suspension;
import dev.apg.contract.tenant.Tenant;
import dev.apg.contract.tenant.Usage;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.EntityTags;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Paging;
import dev.apg.server.web.SecretAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class TenantController {
    private static final String LIST = "tenants";

    private final Tenants tenants;

    TenantController(Tenants tenants) {
        this.tenants = tenants;
    }

    @GetMapping("/tenant")
    @Operation(
            summary = "Show one's own tenant",
            description = "What it has, what it may have, and whether it is about to be erased.")
    Tenant showOwnTenant(TenantContext context) {
        return tenants.own(context);
    }

    @GetMapping("/tenants")
    @Operation(summary = "List tenants", description = "In the order in which they were made. With the platform's key.")
    Page<Tenant> listTenants(PlatformContext context, Paging paging) {
        Optional<UUID> after = paging.after(LIST, key -> UUID.fromString(key.getFirst()));
        Tenants.TenantList list = tenants.list(after, paging.fetch());
        return paging.page(
                LIST, list.tenants(), tenant -> List.of(tenant.id().toString()), tenant -> tenant, list.count());
    }

    @AnswersEntityTag
    @GetMapping("/tenants/{code}")
    @Operation(summary = "Show a tenant", description = "Nothing of what it has but numbers. With the platform's key.")
    ResponseEntity<Tenant> showTenant(PlatformContext context, @PathVariable String code) {
        Tenant tenant = tenants.find(code);
        return ResponseEntity.ok().eTag(tag(tenant)).body(tenant);
    }

    @SecretAnswer
    @PostMapping("/tenants")
    @Operation(
            summary = "Make a tenant",
            description =
                    "With the token of its first administrator, which is in this answer and never shown again. With the platform's key.")
    @ApiResponse(responseCode = "201", description = "Made")
    ResponseEntity<CreatedTenant> createTenant(PlatformContext context, @Valid @RequestBody NewTenant wanted) {
        Written<CreatedTenant> written = tenants.create(context, wanted);
        return ResponseEntity.created(URI.create("/api/v1/tenants/" + wanted.code()))
                .headers(CursorHeader.at(written.cursor()))
                .body(written.value());
    }

    @SecretAnswer
    @PostMapping("/tenants/{code}/tokens")
    @Operation(
            summary = "Issue a token of a tenant's administrator",
            description = "For a tenant that has lost all of them. With the platform's key.")
    @ApiResponse(responseCode = "201", description = "Issued")
    ResponseEntity<IssuedToken> issueAdministratorToken(PlatformContext context, @PathVariable String code) {
        Written<IssuedToken> written = tenants.issueToken(context, code);
        return ResponseEntity.created(
                        URI.create("/api/v1/tokens/" + written.value().token().id()))
                .headers(CursorHeader.at(written.cursor()))
                .body(written.value());
    }

    @AnswersEntityTag
    @PostMapping("/tenants/{code}/suspend")
    @Operation(
            summary = "Suspend a tenant",
            description =
                    "Its members can do nothing until it is resumed; nothing that it has changes. Refused with 409 while it is being"
                            + " deleted. With the platform's key.")
    ResponseEntity<Tenant> suspendTenant(
            PlatformContext context, @PathVariable String code, @Valid @RequestBody Suspension suspension) {
        return answer(tenants.suspend(context, code, suspension.reason()));
    }

    @AnswersEntityTag
    @PostMapping("/tenants/{code}/resume")
    @Operation(
            summary = "Resume a tenant",
            description =
                    "Ends a suspension, or calls a deletion back before its time is over; after it, 409. With the platform's"
                            + " key.")
    ResponseEntity<Tenant> resumeTenant(PlatformContext context, @PathVariable String code) {
        return answer(tenants.resume(context, code));
    }

    @AnswersEntityTag
    @PostMapping("/tenants/{code}/delete")
    @Operation(
            summary = "Delete a tenant",
            description =
                    "Its members can read, and so export, for some days; then everything is erased and nothing brings it back. With the platform's key.")
    ResponseEntity<Tenant> deleteTenant(
            PlatformContext context, @PathVariable String code, @Valid @RequestBody Deletion deletion) {
        return answer(tenants.delete(context, code, deletion.reason(), Duration.ofDays(deletion.days())));
    }

    @AnswersEntityTag
    @PutMapping("/tenants/{code}/quotas")
    @Operation(
            summary = "Bound what a tenant may have",
            description = "All quotas at once: one that is left out is unbounded. With the platform's key.")
    ResponseEntity<Tenant> setTenantQuotas(
            PlatformContext context, @PathVariable String code, IfMatch ifMatch, @Valid @RequestBody Quotas quotas) {
        return answer(tenants.setQuotas(context, code, ifMatch, quotas));
    }

    @AnswersEntityTag
    @PutMapping("/tenants/{code}/rates")
    @Operation(
            summary = "Say how often a tenant's clients may ask",
            description =
                    "Both at once: one that is left out is as the installation has it. Counts from zero where it is changed. With the platform's key.")
    ResponseEntity<Tenant> setTenantRates(
            PlatformContext context, @PathVariable String code, IfMatch ifMatch, @Valid @RequestBody Rates rates) {
        return answer(tenants.setRates(context, code, ifMatch, rates));
    }

    /** Of all that is shown; what the tenant has changes without a change of its edition. */
    private static String tag(Tenant tenant) {
        Usage usage = tenant.usage();
        return EntityTags.of(
                tenant.edition(), usage.capabilities(), usage.versions(), usage.compositions(), usage.storedBytes());
    }

    private static ResponseEntity<Tenant> answer(Written<Tenant> written) {
        return ResponseEntity.ok()
                .headers(CursorHeader.at(written.cursor()))
                .header(HttpHeaders.ETAG, tag(written.value()))
                .body(written.value());
    }
}
