package dev.apg.server.account;

import dev.apg.contract.Page;
import dev.apg.contract.account.IssuedToken;
import dev.apg.contract.account.NewToken;
import dev.apg.contract.account.Token;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Paging;
import dev.apg.server.web.SecretAnswer;
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
@RequestMapping("/api/v1")
class TokenController {
    private static final String LIST = "tokens";

    private final Accounts accounts;

    TokenController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/tokens")
    @Operation(summary = "List the tenant's tokens", description = "Newest first, revoked ones included.")
    Page<Token> listTokens(TenantContext context, Paging paging) {
        Optional<UUID> before = paging.after(LIST, key -> UUID.fromString(key.getFirst()));
        Accounts.TokenList list = accounts.listTokens(context, before, paging.fetch());
        return paging.page(LIST, list.tokens(), token -> List.of(token.id().toString()), token -> token, list.count());
    }

    @SecretAnswer
    @PostMapping("/tokens")
    @Operation(
            summary = "Issue a token",
            description =
                    "Its text is in this answer and never shown again. With `scopes` its bearer may do no more than they"
                            + " name. Nobody can give away permissions that they do not have themselves.")
    @ApiResponse(responseCode = "201", description = "Issued")
    ResponseEntity<IssuedToken> issueToken(TenantContext context, @Valid @RequestBody NewToken request) {
        Written<IssuedToken> written = accounts.issueToken(
                context, request.label(), request.role(), request.scopes(), Optional.ofNullable(request.expiresAt()));
        return ResponseEntity.created(
                        URI.create("/api/v1/tokens/" + written.value().token().id()))
                .headers(CursorHeader.at(written.cursor()))
                .body(written.value());
    }

    @DeleteMapping("/tokens/{id}")
    @Operation(
            summary = "Revoke a token",
            description =
                    "Refused at once, by the other nodes as soon as they are told of it, which takes milliseconds."
                            + " Revoking it again changes nothing.")
    @ApiResponse(responseCode = "204", description = "Revoked")
    ResponseEntity<Void> revokeToken(TenantContext context, @PathVariable UUID id) {
        Written<UUID> written = accounts.revokeToken(context, id);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }
}
