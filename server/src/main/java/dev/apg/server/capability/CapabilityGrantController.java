package dev.apg.server.capability;

import dev.apg.contract.team.GrantChange;
import dev.apg.contract.team.GrantList;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.Valid;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who may change a capability. */
@RestController
@RequestMapping("/api/v1/capabilities/{code}/grants")
class CapabilityGrantController {
    private final CapabilityGrantService grants;

    CapabilityGrantController(CapabilityGrantService grants) {
        this.grants = grants;
    }

    @GetMapping
    @Operation(
            operationId = "listCapabilityGrants",
            summary = "Say who owns a capability, and who else may change it",
            description = "Owners first; at most 100. Everybody reads it.")
    GrantList list(TenantContext context, @PathVariable String code) {
        return grants.list(context, code);
    }

    @PutMapping("/{grantee}")
    @Operation(
            operationId = "shareCapability",
            summary = "Let somebody else change a capability",
            description = "`edit`, or `own` beside those who do. By its owners, and those who administer capabilities.")
    ResponseEntity<GrantList> share(
            TenantContext context,
            @PathVariable String code,
            @Parameter(description = "team:CODE, token:ID, client:ID, pipeline:ID, account:ID or me") @PathVariable
                    String grantee,
            @Valid @RequestBody GrantChange change) {
        return answer(grants.give(context, code, grantee, change.level()));
    }

    @DeleteMapping("/{grantee}")
    @Operation(
            operationId = "unshareCapability",
            summary = "Take a grant on a capability away",
            description = "Not that of its last owner.")
    ResponseEntity<GrantList> unshare(
            TenantContext context,
            @PathVariable String code,
            @Parameter(description = "as the list gives it") @PathVariable String grantee) {
        return answer(grants.take(context, code, grantee));
    }

    @DeleteMapping
    @Operation(
            operationId = "openCapability",
            summary = "Let everybody change a capability whose role permits it",
            description = "Takes all grants away.")
    ResponseEntity<GrantList> open(TenantContext context, @PathVariable String code) {
        return answer(grants.open(context, code));
    }

    private static ResponseEntity<GrantList> answer(Written<GrantList> written) {
        return ResponseEntity.ok().headers(CursorHeader.at(written.cursor())).body(written.value());
    }
}
