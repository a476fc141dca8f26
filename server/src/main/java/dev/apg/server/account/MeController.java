package dev.apg.server.account;

import dev.apg.contract.Page;
import dev.apg.contract.account.Me;
import dev.apg.contract.account.PasswordChange;
import dev.apg.contract.account.Session;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.util.Arrays;
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

/** What is about whoever asks. */
@RestController
@RequestMapping("/api/v1/me")
class MeController {
    private final Accounts accounts;
    private final Passwords passwords;
    private final Sessions sessions;
    private final OwnPages pages;

    MeController(Accounts accounts, Passwords passwords, Sessions sessions, OwnPages pages) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.pages = pages;
    }

    @GetMapping
    @Operation(
            summary = "Who am I",
            description =
                    "The caller's tenant, name, role, permissions and teams; of somebody who came in with the cookie of a session also"
                            + " the token that each change takes then as `X-APG-CSRF`.")
    Me showMe(TenantContext context, @Parameter(hidden = true) HttpServletRequest request) {
        Actor actor = context.actor();
        Optional<LiveSession> session = SessionFilter.of(request);
        Accounts.Home home = accounts.home(context);
        return new Me(
                context.tenantId(),
                home.tenant(),
                actor.id(),
                actor.kind().wire(),
                actor.name(),
                session.map(LiveSession::email).orElse(null),
                actor.role().wire(),
                Arrays.stream(Permission.values())
                        .filter(actor::permits)
                        .map(Permission::wire)
                        .toList(),
                home.teams(),
                session.map(LiveSession::key).map(pages::token).orElse(null));
    }

    @PostMapping("/password")
    @SecurityRequirement(name = "session")
    @Operation(
            summary = "Change one's own password",
            description = "The session that asks stays; every other one of the account ends.")
    @ApiResponse(responseCode = "204", description = "Changed")
    ResponseEntity<Void> changeOwnPassword(
            TenantContext context,
            @Parameter(hidden = true) HttpServletRequest request,
            @Valid @RequestBody PasswordChange change) {
        Written<UUID> written =
                passwords.change(context, current(request), change.currentPassword(), change.password());
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    @GetMapping("/sessions")
    @Operation(
            summary = "List one's own sessions",
            description = "The newest hundred that have not ended, newest first, on one page.")
    Page<Session> listOwnSessions(TenantContext context, @Parameter(hidden = true) HttpServletRequest request) {
        List<Session> list = sessions.listOwn(context, current(request));
        return new Page<>(list, null, list.size());
    }

    @DeleteMapping("/sessions/{id}")
    @Operation(summary = "End one of one's own sessions", description = "On every node at once.")
    @ApiResponse(responseCode = "204", description = "Ended")
    ResponseEntity<Void> endOwnSession(TenantContext context, @PathVariable UUID id) {
        Written<Boolean> written = sessions.endOwn(context, id);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    @DeleteMapping("/sessions")
    @Operation(
            summary = "End one's own other sessions",
            description = "All but the one that asks, on every node at once.")
    @ApiResponse(responseCode = "204", description = "Ended")
    ResponseEntity<Void> endOwnOtherSessions(
            TenantContext context, @Parameter(hidden = true) HttpServletRequest request) {
        Written<Integer> written = sessions.endOwnOthers(context, current(request));
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    private static Optional<UUID> current(HttpServletRequest request) {
        return SessionFilter.of(request).map(session -> session.key().id());
    }
}
