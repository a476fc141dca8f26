package dev.apg.server.account;

import dev.apg.contract.account.CurrentPassword;
import dev.apg.contract.account.FactorCode;
import dev.apg.contract.account.FactorSecret;
import dev.apg.contract.account.RecoveryCodes;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.SecretAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The second factor of whoever asks. */
@RestController
@RequestMapping("/api/v1/me/second-factor")
@SecurityRequirement(name = "session")
class FactorController {
    private final OwnFactor factor;

    FactorController(OwnFactor factor) {
        this.factor = factor;
    }

    @SecretAnswer
    @PostMapping
    @Operation(
            summary = "Begin to use a second factor",
            description =
                    "Shows the secret for an authenticator (RFC 6238). Nothing is asked for until it is confirmed.")
    FactorSecret beginOwnFactor(TenantContext context, @Valid @RequestBody CurrentPassword password) {
        return factor.begin(context, password.currentPassword());
    }

    @SecretAnswer
    @PostMapping("/confirmation")
    @Operation(
            summary = "Confirm a second factor",
            description =
                    "With what the authenticator shows. From now on a login needs it; the other sessions of the account end. The"
                            + " answer has ten recovery codes, which are never shown again.")
    ResponseEntity<RecoveryCodes> confirmOwnFactor(
            TenantContext context,
            @Parameter(hidden = true) HttpServletRequest request,
            @Valid @RequestBody FactorCode code) {
        return codes(factor.confirm(
                context, SessionFilter.of(request).map(session -> session.key().id()), code.code()));
    }

    @SecretAnswer
    @PostMapping("/recovery-codes")
    @Operation(summary = "Make other recovery codes", description = "Those before are not good any more.")
    ResponseEntity<RecoveryCodes> renewOwnRecoveryCodes(TenantContext context, @Valid @RequestBody FactorCode code) {
        return codes(factor.renewCodes(context, code.code()));
    }

    @PostMapping("/removal")
    @Operation(summary = "Stop using a second factor", description = "Where the tenant does not demand it.")
    @ApiResponse(responseCode = "204", description = "Removed")
    ResponseEntity<Void> removeOwnFactor(TenantContext context, @Valid @RequestBody FactorCode code) {
        Written<List<String>> written = factor.remove(context, code.code());
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    private static ResponseEntity<RecoveryCodes> codes(Written<List<String>> written) {
        return ResponseEntity.ok().headers(CursorHeader.at(written.cursor())).body(new RecoveryCodes(written.value()));
    }
}
