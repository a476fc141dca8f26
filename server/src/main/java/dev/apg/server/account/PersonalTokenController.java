package dev.apg.server.account;

import dev.apg.contract.Page;
import dev.apg.contract.account.IssuedPersonalToken;
import dev.apg.contract.account.NewPersonalToken;
import dev.apg.contract.account.PersonalToken;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.SecretAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tokens that a person makes for the programs that act as them. */
@RestController
@RequestMapping("/api/v1/me/tokens")
class PersonalTokenController {
    private final PersonalTokens tokens;

    PersonalTokenController(PersonalTokens tokens) {
        this.tokens = tokens;
    }

    @GetMapping
    @SecurityRequirement(name = "session")
    @Operation(
            summary = "List one's own tokens",
            description = "In a session only. Those that one made and has not revoked, newest first, on one page.")
    Page<PersonalToken> listOwnTokens(TenantContext context) {
        List<PersonalToken> list = tokens.list(context);
        return new Page<>(list, null, list.size());
    }

    @SecretAnswer
    @PostMapping
    @SecurityRequirement(name = "session")
    @Operation(
            summary = "Make a token for oneself",
            description =
                    "In a session only. Its text is in this answer and never shown again. Whoever bears it acts as the person: for what"
                            + " both its scopes and the account leave at that moment, and for nothing once the account is disabled.")
    @ApiResponse(responseCode = "201", description = "Issued")
    ResponseEntity<IssuedPersonalToken> issueOwnToken(
            TenantContext context, @Valid @RequestBody NewPersonalToken wanted) {
        Written<IssuedPersonalToken> written = tokens.issue(context, wanted);
        return ResponseEntity.created(URI.create(
                        "/api/v1/me/tokens/" + written.value().token().id()))
                .headers(CursorHeader.at(written.cursor()))
                .body(written.value());
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Revoke one of one's own tokens",
            description = "On every node at once. In a session; a token only itself.")
    @ApiResponse(responseCode = "204", description = "Revoked")
    ResponseEntity<Void> revokeOwnToken(TenantContext context, @PathVariable UUID id) {
        return revoked(tokens.revoke(context, id));
    }

    @DeleteMapping("/current")
    @Operation(
            summary = "Revoke the token that asks",
            description = "One that a person made for themselves; of anything else 403 `personal_token.required`.")
    @ApiResponse(responseCode = "204", description = "Revoked")
    ResponseEntity<Void> revokeCurrentToken(
            TenantContext context, @Parameter(hidden = true) HttpServletRequest request) {
        UUID id = BearerTokens.personal(request)
                .orElseThrow(() -> Rejection.of(
                        HttpStatus.FORBIDDEN,
                        "personal_token.required",
                        "%s did not come in with a token of their own (expected: one that a person made for themselves)"
                                .formatted(context.actor().name()),
                        List.of()));
        return revoked(tokens.revoke(context, id));
    }

    private static ResponseEntity<Void> revoked(Written<UUID> written) {
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }
}
