package dev.apg.server.account;

import dev.apg.contract.Page;
import dev.apg.contract.account.Account;
import dev.apg.contract.account.AccountChange;
import dev.apg.contract.account.InvitedAccount;
import dev.apg.contract.account.NewAccount;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.EntityTags;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Paging;
import dev.apg.server.web.SecretAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/accounts")
class AccountController {
    private final AccountService accounts;

    AccountController(AccountService accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    @Operation(summary = "List the tenant's accounts", description = "Newest first, disabled ones included.")
    Page<Account> listAccounts(
            TenantContext context,
            Paging paging,
            @Parameter(description = "only that of this address") @RequestParam(required = false) @Nullable
                    String email) {
        Optional<String> address =
                Optional.ofNullable(email).map(written -> written.strip().toLowerCase(Locale.ROOT));
        String scope = "accounts " + address;
        Optional<UUID> before = paging.after(scope, key -> UUID.fromString(key.getFirst()));
        AccountService.AccountList list = accounts.list(context, address, before, paging.fetch());
        return paging.page(
                scope, list.accounts(), account -> List.of(account.id().toString()), account -> account, list.count());
    }

    @SecretAnswer
    @PostMapping
    @Operation(
            summary = "Invite a person",
            description =
                    "With the token in the answer, which is never shown again, they choose their password at `POST"
                            + " /api/auth/password` within a week. Nobody can invite somebody who may do more than they.")
    @ApiResponse(responseCode = "201", description = "Invited")
    ResponseEntity<InvitedAccount> inviteAccount(TenantContext context, @Valid @RequestBody NewAccount wanted) {
        Written<InvitedAccount> written = accounts.invite(context, wanted);
        return ResponseEntity.created(URI.create(
                        "/api/v1/accounts/" + written.value().account().id()))
                .headers(CursorHeader.at(written.cursor()))
                .body(written.value());
    }

    @AnswersEntityTag
    @GetMapping("/{id}")
    @Operation(summary = "Show an account")
    ResponseEntity<Account> showAccount(TenantContext context, @PathVariable UUID id) {
        Account account = accounts.show(context, id);
        return ResponseEntity.ok().eTag(EntityTags.of(account.edition())).body(account);
    }

    @AnswersEntityTag
    @PatchMapping("/{id}")
    @Operation(
            summary = "Change an account",
            description =
                    "Its name, its role, or whether it is disabled: then the person is out at once wherever they are in."
                            + " The last one who may administer the tenant is neither disabled nor given another role."
                            + " Tokens, clients and pipelines that the person has made stay, and `issued` tells which they are to"
                            + " whoever may list them; `revoke_issued` revokes them in the same act.")
    ResponseEntity<Account> changeAccount(
            TenantContext context, @PathVariable UUID id, IfMatch ifMatch, @Valid @RequestBody AccountChange change) {
        Written<Account> written = accounts.change(context, id, ifMatch, change);
        return ResponseEntity.ok()
                .headers(CursorHeader.at(written.cursor()))
                .header(HttpHeaders.ETAG, EntityTags.of(written.value().edition()))
                .body(written.value());
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Remove an account",
            description = "With all that opens it. What the person did stays in the audit log, under their name.")
    @ApiResponse(responseCode = "204", description = "Removed")
    ResponseEntity<Void> removeAccount(
            TenantContext context,
            @PathVariable UUID id,
            @Parameter(description = "also revoke the tokens, clients and pipelines that the person has made")
                    @RequestParam(name = "revoke_issued", defaultValue = "false")
                    boolean revokeIssued) {
        Written<UUID> written = accounts.remove(context, id, revokeIssued);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    @SecretAnswer
    @PostMapping("/{id}/invitation")
    @Operation(
            summary = "Invite a person again",
            description =
                    "With another token; the one before is not good any more. Also for somebody who forgot their password.")
    ResponseEntity<InvitedAccount> inviteAccountAgain(TenantContext context, @PathVariable UUID id) {
        Written<InvitedAccount> written = accounts.inviteAgain(context, id);
        return ResponseEntity.ok().headers(CursorHeader.at(written.cursor())).body(written.value());
    }

    @DeleteMapping("/{id}/second-factor")
    @Operation(
            summary = "Remove the second factor of an account",
            description =
                    "For somebody whose authenticator is lost. Their sessions end; where one is demanded they enrol again.")
    @ApiResponse(responseCode = "204", description = "Removed")
    ResponseEntity<Void> removeSecondFactor(TenantContext context, @PathVariable UUID id) {
        Written<UUID> written = accounts.resetFactor(context, id);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    @DeleteMapping("/{id}/sessions")
    @Operation(summary = "End the sessions of an account", description = "All of them, on every node at once.")
    @ApiResponse(responseCode = "204", description = "Ended")
    ResponseEntity<Void> endAccountSessions(TenantContext context, @PathVariable UUID id) {
        Written<Integer> written = accounts.endSessions(context, id);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }
}
