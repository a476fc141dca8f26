package dev.apg.server.account;

import dev.apg.contract.account.Login;
import dev.apg.contract.account.LoginAnswer;
import dev.apg.contract.account.NewPassword;
import dev.apg.server.event.Written;
import dev.apg.server.limit.RateLimits;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.BodyLimit;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where people come in and go. */
@RestController
@RequestMapping("/api/auth")
class LoginController {
    private static final int MOST = 16 * 1024;

    private final AccountLogins logins;
    private final Passwords passwords;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final OwnPages pages;
    private final RateLimits limits;

    LoginController(
            AccountLogins logins,
            Passwords passwords,
            Sessions sessions,
            SessionCookie cookie,
            OwnPages pages,
            RateLimits limits) {
        this.logins = logins;
        this.passwords = passwords;
        this.sessions = sessions;
        this.cookie = cookie;
        this.pages = pages;
        this.limits = limits;
    }

    @BodyLimit(MOST)
    @PostMapping("/login")
    @Operation(
            summary = "Log a person in",
            description =
                    "The session is in the cookie of the answer, `__Host-apg_session` (`apg_session` in development over HTTP)."
                            + " Whatever is wrong, the refusal is the same; too many attempts in vain have to wait.")
    @ApiResponse(responseCode = "200", description = "Logged in")
    ResponseEntity<LoginAnswer> logIn(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response,
            @Valid @RequestBody Login login) {
        pages.requireOwnOrigin(request);
        Sessions.Begun begun = counted(request, response, () -> logins.login(request, login));
        cookie.write(response, begun.secret());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new LoginAnswer(pages.token(Sessions.key(begun.secret())), begun.expiresAt()));
    }

    @PostMapping("/logout")
    @SecurityRequirement(name = "session")
    @Operation(
            summary = "Log a person out",
            description = "Ends the session whose cookie was sent, on every node at once.")
    @ApiResponse(responseCode = "204", description = "Logged out")
    ResponseEntity<Void> logOut(
            TenantContext context,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) {
        Written<Boolean> written = sessions.logOut(context, SessionFilter.of(request));
        cookie.clear(response);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    @BodyLimit(MOST)
    @PostMapping("/password")
    @Operation(
            summary = "Choose a password",
            description =
                    "With the token of an invitation, which is good once. Every session of the account ends. A password has 12 to"
                            + " 128 characters and is not easy to guess.")
    @ApiResponse(responseCode = "204", description = "Chosen")
    ResponseEntity<Void> choosePassword(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response,
            @Valid @RequestBody NewPassword chosen) {
        pages.requireOwnOrigin(request);
        Written<UUID> written =
                counted(request, response, () -> passwords.choose(request, chosen.token(), chosen.password()));
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    /** What fails counts against the address: whoever has what is needed is not kept out by others there. */
    private <T> T counted(HttpServletRequest request, HttpServletResponse response, Supplier<T> work) {
        try {
            return work.get();
        } catch (Rejection refused) {
            limits.admitStranger(request, response);
            throw refused;
        }
    }
}
